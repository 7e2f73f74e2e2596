import type { StandardWords } from '../full-words.ts'

/** Tiêu chuẩn 4 and 5, told by the secondary school. */
export const STANDARDS_4_5: StandardWords = {
  '4.1': {
    is: {
      '1a': 'Ban đại diện cha mẹ học sinh gồm chín người do hội nghị trưởng ban các lớp bầu, làm việc theo Điều lệ. Danh sách được hiệu trưởng công nhận đầu tháng 10.',
      '1b': 'Ban đại diện lập kế hoạch năm gồm năm nhóm việc, có kinh phí dự kiến và người phụ trách.',
      '1c': 'Các việc trong kế hoạch được thực hiện đúng thời gian: họp ba kỳ, trao quà khai giảng, hỗ trợ ngày hội đọc sách.',
      '2a': 'Ban đại diện cùng giáo viên vận động hai em có nguy cơ bỏ học trở lại lớp và tuyên truyền về phân luồng sau lớp 9 trong các cuộc họp lớp.',
      '3a': 'Ban đại diện phối hợp với hội khuyến học, doanh nghiệp trên địa bàn trao 45 suất học bổng; mọi nhiệm vụ trong Điều lệ đều có việc làm cụ thể.',
    },
    strong: 'Ban đại diện hoạt động có kế hoạch, gần gũi học sinh khó khăn.',
    weak: 'Cha mẹ làm công nhân ca kíp ít dự được họp.',
    remedy: [
      'Tổ chức họp trực tuyến buổi tối và gửi bản ghi nội dung cho cha mẹ vắng mặt.',
      'Giáo viên chủ nhiệm, trưởng ban đại diện các lớp',
      'Ít nhất 90% cha mẹ nắm được nội dung họp.',
    ],
  },
  '4.2': {
    is: {
      '1a': 'Trường gửi ba tờ trình trong năm về sửa chữa lớp học, an toàn cổng trường và phổ cập giáo dục; các đề xuất đều được địa phương trả lời.',
      '1b': 'Qua đài truyền thanh và các buổi họp thôn, trường giới thiệu Chương trình giáo dục phổ thông 2018 và cách đánh giá học sinh.',
      '1c': 'Tài trợ được tiếp nhận theo đúng quy định, có kế hoạch, biên bản, công khai; năm nay là tủ sách và ghế đá.',
      '2a': 'Nhờ tham mưu, địa phương đưa việc xây nhà đa năng vào kế hoạch đầu tư trung hạn, phù hợp chiến lược của trường.',
      '2b': 'Liên đội nhận chăm sóc nghĩa trang liệt sĩ, phối hợp hội cựu chiến binh kể chuyện truyền thống cho học sinh khối 6, khối 7.',
      '3a': 'Sân trường, thư viện mở cho thiếu nhi trong hè; hội thi văn nghệ và ngày hội đọc của xã được tổ chức tại trường, góp phần để trường là điểm sinh hoạt văn hóa chung.',
    },
    strong: 'Tham mưu đúng việc, được địa phương hưởng ứng; trường mở cửa cho cộng đồng.',
    weak: 'Chưa có kênh thông tin riêng cho cựu học sinh tham gia hỗ trợ trường.',
    remedy: [
      'Lập ban liên lạc cựu học sinh và trang tin ba tháng một số.',
      'Bí thư Chi đoàn, tổ Văn phòng',
      'Ban liên lạc ra mắt trong năm học.',
    ],
  },
  '5.1': {
    is: {
      '1a': 'Các môn học và hoạt động giáo dục được dạy đủ theo chương trình, đúng số tiết của từng khối; sổ theo dõi chương trình do phó hiệu trưởng ký hằng tháng.',
      '1b': 'Giáo viên kết hợp dạy theo nhóm, theo dự án và sử dụng học liệu số; học sinh có phiếu tự học, được trình bày và phản biện kết quả.',
      '1c': 'Kiểm tra kết hợp hỏi đáp, bài viết, sản phẩm học tập; đề định kỳ theo ma trận chung, chấm chéo giữa các lớp.',
      '2a': 'Thời lượng và mức độ bài dạy được điều chỉnh theo nhóm học sinh; biên bản tổ ghi lại nội dung phân hóa của từng chủ đề.',
      '2b': 'Đầu năm trường khảo sát, lập danh sách 64 em bồi dưỡng và 38 em phụ đạo; lịch học hai buổi một tuần, không thu tiền.',
      '3a': 'Hằng năm trường so sánh kết quả từng môn, từng lớp, tìm nguyên nhân và chọn hai biện pháp trọng tâm cho năm sau.',
    },
    strong: 'Dạy học đúng chương trình, phân hóa theo nhóm, đề kiểm tra theo ma trận chung.',
    weak: 'Học liệu số của một số môn còn phụ thuộc vào từng giáo viên.',
    remedy: [
      'Lập kho học liệu số dùng chung, mỗi tổ đóng góp tối thiểu 20 học liệu được thẩm định.',
      'Các tổ trưởng, giáo viên Tin học',
      'Kho có ít nhất 60 học liệu trước tháng 5.',
    ],
  },
  '5.2': {
    is: {
      '1a': 'Có kế hoạch riêng cho ba nhóm: học sinh có hoàn cảnh khó khăn ({hardship} em), học sinh năng khiếu và học sinh gặp khó khăn trong học tập.',
      '1b': 'Kế hoạch được thực hiện bằng học bổng, bồi dưỡng theo môn và đôi bạn cùng tiến; giáo viên chủ nhiệm ghi sổ theo dõi.',
      '1c': 'Cuối học kỳ trường rà soát từng em, đánh giá việc đạt mục tiêu và điều chỉnh hình thức giúp đỡ.',
      '2a': 'Trên 90% học sinh trong ba nhóm đạt mục tiêu đã đặt; chỉ còn {repeated} em phải rèn luyện trong hè để xét lên lớp.',
      '3a': 'Trong năm học có {goodProvince} học sinh đạt giải cấp tỉnh về văn hóa, thể thao, được cấp giấy chứng nhận.',
    },
    strong: 'Quan tâm đủ ba nhóm học sinh, theo dõi từng em.',
    weak: 'Năng khiếu nghệ thuật chưa được bồi dưỡng thường xuyên như các môn văn hóa.',
    remedy: [
      'Mở câu lạc bộ mỹ thuật, âm nhạc vào chiều thứ Năm, mời nghệ nhân địa phương hướng dẫn.',
      'Giáo viên Âm nhạc, Mỹ thuật',
      'Mỗi câu lạc bộ có ít nhất 20 học sinh tham gia đều.',
    ],
  },
  '5.3': {
    is: {
      '1a': 'Nội dung giáo dục địa phương được dạy đủ 35 tiết một năm ở mỗi khối theo tài liệu của tỉnh, phân công giáo viên theo chủ đề.',
      '1b': 'Kết quả được đánh giá bằng sản phẩm: bản đồ làng nghề, bài phỏng vấn người cao tuổi; tiêu chí chấm công bố trước.',
      '1c': 'Mỗi năm tổ chuyên môn họp góp ý, đề nghị cập nhật số liệu sau sắp xếp đơn vị hành chính và bổ sung tư liệu ảnh.',
      '2a': 'Học sinh được thăm làng nghề, di tích gắn với bài học; sản phẩm trưng bày ở phòng truyền thống cho thấy các em biết nối bài học với đời sống.',
    },
    strong: 'Dạy đủ nội dung, đánh giá bằng sản phẩm gần gũi với địa phương.',
    weak: 'Tư liệu ảnh, hiện vật phục vụ chủ đề lịch sử địa phương còn ít.',
    remedy: [
      'Phát động học sinh sưu tầm tư liệu gia đình, số hóa và lưu tại thư viện.',
      'Tổ trưởng tổ chuyên môn số 1, nhân viên thư viện',
      'Bộ sưu tập có ít nhất 100 tư liệu có chú thích.',
    ],
  },
  '5.4': {
    is: {
      '1a': 'Kế hoạch hoạt động trải nghiệm, hướng nghiệp chia theo bốn mạch nội dung, phù hợp điều kiện sân bãi và mùa vụ của địa phương.',
      '1b': 'Trong năm tổ chức được ngày hội STEM, một chuyến tham quan cơ sở sản xuất, hai buổi tư vấn hướng nghiệp cho khối 9 đúng kế hoạch.',
      '1c': 'Giáo viên các tổ, nhân viên thư viện và Đội cùng tham gia theo bảng phân công; mỗi hoạt động có một người điều phối.',
      '2a': 'Hình thức đa dạng: sân khấu hóa, dự án nhỏ, lao động vườn trường; phiếu hỏi cho thấy đa số học sinh thấy bổ ích và muốn tiếp tục.',
      '2b': 'Sau mỗi học kỳ nhóm phụ trách đánh giá, bỏ bớt hoạt động hình thức và tăng thời gian chuẩn bị cho học sinh.',
    },
    strong: 'Hoạt động đa dạng, học sinh được tham gia từ khâu chuẩn bị.',
    weak: 'Số cơ sở sản xuất nhận học sinh đến trải nghiệm còn ít.',
    remedy: [
      'Ký ghi nhớ phối hợp với thêm hai cơ sở sản xuất, trung tâm dạy nghề.',
      'Phó Hiệu trưởng, Ban đại diện cha mẹ học sinh',
      'Mỗi khối có ít nhất một chuyến trải nghiệm trong năm.',
    ],
  },
  '5.5': {
    is: {
      '1a': 'Kế hoạch giáo dục kỹ năng sống xác định kỹ năng trọng tâm từng khối: tự phục vụ, hợp tác, ứng xử trên mạng, lựa chọn nghề.',
      '1b': 'Học sinh từng bước hình thành kỹ năng qua tiết sinh hoạt chủ đề, đội tự quản và lớp học bơi an toàn trong hè.',
      '1c': 'Đạo đức, lối sống chuyển biến tốt: tỷ lệ rèn luyện mức tốt đạt {conductGood}, không có vi phạm pháp luật.',
      '2a': 'Mỗi tháng học sinh tự đánh giá theo phiếu bốn mục, giáo viên chủ nhiệm góp ý và lưu vào hồ sơ lớp.',
      '2b': 'Các em vận dụng kiến thức vào việc thật: đo mức tiêu thụ điện, làm phân hữu cơ từ lá cây của sân trường.',
      '3a': 'Học sinh mới tham gia cuộc thi khoa học kỹ thuật cấp trường, số dự án ít và chưa có sản phẩm hoàn chỉnh.',
    },
    notMet: ['3a'],
    strong: 'Kỹ năng sống gắn với việc thật, học sinh biết tự đánh giá.',
    weak: 'Khả năng nghiên cứu khoa học, kỹ thuật của học sinh còn hạn chế.',
    remedy: [
      'Thành lập câu lạc bộ khoa học kỹ thuật, mỗi dự án có một giáo viên hướng dẫn và lịch báo cáo tiến độ.',
      'Tổ trưởng tổ chuyên môn số 2',
      'Có ít nhất bốn dự án hoàn chỉnh dự thi cấp trường.',
    ],
  },
  '5.6': {
    is: {
      '1a': 'Tỷ lệ học tập mức tốt {learningGood}, mức khá {learningFair}, chưa đạt {learningLow}; rèn luyện mức tốt {conductGood}, đều bằng hoặc hơn chỉ tiêu đầu năm.',
      '1b': 'Lên lớp thẳng và sau rèn luyện hè đạt trên 99%; {graduated}/{final} học sinh lớp 9 được công nhận hoàn thành chương trình.',
      '1c': 'Sau lớp 9, khoảng ba phần tư học sinh vào trung học phổ thông, số còn lại học nghề hoặc giáo dục thường xuyên, đạt kế hoạch phân luồng.',
      '2a': 'Qua năm năm, tỷ lệ học tập mức tốt tăng từ {learningGoodThen} lên {learningGood}; tỷ lệ chưa đạt giảm đều.',
      '2b': 'Tỷ lệ lên lớp và hoàn thành chương trình năm năm liên tiếp đều trên 99%, năm sau không thấp hơn năm trước.',
      '3a': 'Các tỷ lệ mức tốt, khá, chưa đạt và rèn luyện khá, tốt đều đáp ứng bảng ngưỡng dành cho trường THCS vùng còn lại.',
      '3b': 'Tỷ lệ bỏ học và lưu ban đều dưới 1%, thấp hơn ngưỡng quy định.',
    },
    strong: 'Kết quả học tập, rèn luyện tăng đều năm năm, tỷ lệ bỏ học rất thấp.',
    weak: 'Kết quả môn Ngoại ngữ còn thấp hơn mặt bằng các môn khác.',
    remedy: [
      'Tổ chức câu lạc bộ tiếng Anh, tăng thời lượng nghe nói, khảo sát năng lực hai lần một năm.',
      'Giáo viên Ngoại ngữ',
      'Điểm trung bình môn tăng ít nhất 0,3.',
    ],
  },
  '5.ĐP1': {
    is: {
      '1ĐP1':
        'Học kỳ I, khối 6 và khối 7 tham quan nhà truyền thống của xã; khối 8 và khối 9 làm báo cáo về nghề thủ công của tỉnh Minh Họa. Đợt thứ hai của năm học được xếp vào tháng Ba.',
    },
    strong: 'Hoạt động gắn với nơi học sinh đang sống nên các em chuẩn bị kỹ, trình bày tự tin.',
    weak: 'Tài liệu về văn hóa, lịch sử của tỉnh trong thư viện còn ít.',
    remedy: [
      'Đề nghị bảo tàng tỉnh hỗ trợ tài liệu, mỗi năm bổ sung ít nhất hai mươi cuốn vào thư viện.',
      'Nhân viên thư viện',
      'Mỗi khối có ít nhất một bộ tài liệu địa phương dùng chung.',
    ],
  },
}
