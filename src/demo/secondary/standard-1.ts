import type { StandardWords } from '../full-words.ts'

/** Tiêu chuẩn 1, told by the secondary school. */
export const STANDARD_1: StandardWords = {
  '1.1': {
    is: {
      '1a': 'Trường có kế hoạch chiến lược giai đoạn năm năm, xác định mục tiêu trở thành trường có nền nếp tốt, chất lượng ổn định của vùng. Mục tiêu được đặt trên cơ sở quy mô {classes} lớp, {pupils} học sinh và điều kiện kinh tế của địa phương, không đặt chỉ tiêu vượt khả năng.',
      '1b': 'Kế hoạch chiến lược được lập thành văn bản, hội đồng sư phạm thảo luận hai lượt trước khi trình. Cơ quan quản lý trực tiếp đã phê duyệt bằng văn bản.',
      '1c': 'Toàn văn kế hoạch được niêm yết tại bảng tin phòng hội đồng và đăng trên trang thông tin của trường. Giáo viên chủ nhiệm giới thiệu nội dung chính trong buổi họp cha mẹ học sinh đầu năm.',
      '2a': 'Mỗi học kỳ, ban giám hiệu lập bảng theo dõi từng mục tiêu chiến lược, ghi rõ người phụ trách và mức đã đạt. Kết quả giám sát được báo cáo trong phiên họp sơ kết.',
      '3a': 'Giữa giai đoạn, trường rà soát chiến lược và điều chỉnh chỉ tiêu về quy mô lớp sau khi lấy ý kiến giáo viên, cha mẹ và đại diện học sinh. Biên bản các cuộc họp ghi đầy đủ ý kiến tiếp thu và không tiếp thu.',
    },
    strong:
      'Chiến lược bám sát quy mô thực của trường, có bảng theo dõi từng mục tiêu nên ai cũng biết việc mình phải làm.',
    weak: 'Việc lấy ý kiến của học sinh khi điều chỉnh chiến lược mới dừng ở ban cán sự lớp.',
    remedy: [
      'Tổ chức phiếu hỏi trực tuyến cho học sinh khối 8, khối 9 trước mỗi lần rà soát chiến lược.',
      'Phó Hiệu trưởng, Tổng phụ trách Đội',
      'Ít nhất 80% học sinh khối 8, khối 9 trả lời phiếu.',
    ],
  },
  '1.2': {
    is: {
      '1a': 'Hội đồng thi đua – khen thưởng, hội đồng kỷ luật và các hội đồng tư vấn được thành lập bằng quyết định của hiệu trưởng, cơ cấu đủ đại diện ban giám hiệu, Công đoàn, các tổ và Đội. Quyết định được thay mới ngay khi có người chuyển công tác.',
      '1b': 'Mỗi hội đồng có phân công nhiệm vụ từng thành viên và lịch họp trong năm. Hội đồng thi đua họp bốn kỳ, hội đồng tư vấn chuyên môn họp trước mỗi đợt kiểm tra định kỳ.',
      '1c': 'Cuối mỗi học kỳ các hội đồng tự nhận xét bằng văn bản, nêu việc chưa làm được và gửi thư ký hội đồng sư phạm tổng hợp. Ý kiến được dùng để sửa quy chế làm việc của năm sau.',
      '2a': 'Nhờ tư vấn của hội đồng chuyên môn, trường đã đổi cách chia nhóm phụ đạo, số học sinh xếp mức chưa đạt giảm còn {learningLow}. Phong trào thi đua có tiêu chí rõ nên ít ý kiến thắc mắc.',
    },
    strong: 'Các hội đồng có lịch làm việc từ đầu năm và tự nhận xét mỗi học kỳ.',
    weak: 'Biên bản một số phiên họp của hội đồng tư vấn còn ghi vắn tắt, khó tra cứu lý do của kết luận.',
    remedy: [
      'Dùng mẫu biên bản thống nhất, thư ký từng hội đồng được hướng dẫn cách ghi ý kiến và kết luận.',
      'Thư ký hội đồng',
      'Tất cả biên bản của học kỳ II ghi đủ ý kiến, kết luận, người thực hiện.',
    ],
  },
  '1.3': {
    is: {
      '1a': 'Trường có chi bộ độc lập với 17 đảng viên, Công đoàn cơ sở, Chi đoàn giáo viên và Liên đội. Ban chấp hành các tổ chức được bầu đúng nhiệm kỳ và được cấp trên công nhận.',
      '1b': 'Từng tổ chức có chương trình công tác năm và sinh hoạt đúng kỳ: chi bộ hằng tháng, Công đoàn hai tháng một lần, Liên đội mỗi tuần. Nội dung sinh hoạt gắn với nhiệm vụ năm học.',
      '1c': 'Tháng 5 hằng năm, các đoàn thể tổng kết, tự xếp loại và gửi báo cáo cho cấp trên. Những việc chưa xong được ghi vào chương trình công tác của năm kế tiếp.',
      '2a': 'Trong năm năm gần nhất, chi bộ có ba năm hoàn thành tốt nhiệm vụ, hai năm hoàn thành nhiệm vụ; không năm nào xếp dưới mức hoàn thành. Thông báo kết quả xếp loại của cấp ủy được lưu đủ từng năm.',
      '2b': 'Công đoàn vận động quyên góp sách, hỗ trợ đoàn viên ốm đau; Liên đội duy trì đội trực tuần và câu lạc bộ đọc sách. Các việc này giúp giữ nền nếp và giảm hẳn số lượt đi học muộn.',
      '3a': 'Ba năm hoàn thành tốt nhiệm vụ của chi bộ vượt yêu cầu tối thiểu hai năm. Chi bộ kết nạp thêm ba đảng viên là giáo viên trẻ trong giai đoạn này.',
      '3b': 'Liên đội phối hợp với Đoàn xã dọn vệ sinh đường làng, thăm hỏi gia đình có công mỗi quý một lần. Hoạt động được xã ghi nhận bằng giấy khen hai năm liền.',
    },
    strong: 'Chi bộ giữ vững xếp loại, các đoàn thể có việc làm thiết thực cho học sinh và địa phương.',
    weak: 'Chi đoàn giáo viên ít người nên một số hoạt động phải ghép với Công đoàn.',
    remedy: [
      'Liên kết sinh hoạt Chi đoàn với trường tiểu học trên địa bàn theo quý.',
      'Bí thư Chi đoàn',
      'Mỗi quý có một hoạt động chung, đủ hồ sơ.',
    ],
  },
  '1.4': {
    is: {
      '1a': 'Trường có 1 hiệu trưởng và 1 phó hiệu trưởng, đúng số lượng theo quy mô {classes} lớp. Cả hai đều được bổ nhiệm theo quy trình của cơ quan quản lý.',
      '1b': 'Có ba tổ chuyên môn và một tổ văn phòng, mỗi tổ có tổ trưởng, tổ lớn có thêm tổ phó. Quyết định thành lập tổ và giao tổ trưởng được ban hành trước ngày khai giảng.',
      '1c': 'Các tổ lập kế hoạch theo năm, tháng, tuần; họp hai tuần một lần và ghi biên bản. Nội dung họp tập trung vào bài dạy, đề kiểm tra và giúp đỡ học sinh yếu.',
      '2a': 'Mỗi năm một tổ thực hiện từ một đến hai chuyên đề, ví dụ dạy học theo dự án ở môn Khoa học tự nhiên, đọc hiểu văn bản thông tin ở môn Ngữ văn. Chuyên đề có dạy thử, rút kinh nghiệm và áp dụng.',
      '2b': 'Cuối học kỳ, phó hiệu trưởng cùng tổ trưởng rà soát kế hoạch tổ, điều chỉnh phân công và lịch dự giờ. Ý kiến điều chỉnh được ghi trong biên bản và theo dõi ở học kỳ sau.',
      '3a': 'Nền nếp của tổ giúp trường hoàn thành kế hoạch dạy học đúng tiến độ, không phải dồn bù vào cuối kỳ. Tổ văn phòng số hóa xong hồ sơ tuyển sinh, giảm thời gian tra cứu.',
      '3b': 'Sau chuyên đề về dạy học theo dự án, tỷ lệ học sinh đạt mức tốt tăng từ {learningGoodThen} lên {learningGood}. Hai chuyên đề được giới thiệu tại buổi sinh hoạt chuyên môn liên trường.',
    },
    strong: 'Tổ chuyên môn sinh hoạt đều, chuyên đề được thử nghiệm rồi mới nhân rộng.',
    weak: 'Sinh hoạt chuyên môn theo nghiên cứu bài học chưa đều giữa các tổ.',
    remedy: [
      'Xếp lịch nghiên cứu bài học cố định vào tuần thứ ba hằng tháng cho cả ba tổ, phó hiệu trưởng dự luân phiên.',
      'Phó Hiệu trưởng, các tổ trưởng',
      'Mỗi tổ có ít nhất 6 bài học nghiên cứu trong năm.',
    ],
  },
  '1.5': {
    is: {
      '1a': 'Trường có đủ bốn khối lớp từ lớp 6 đến lớp 9, mỗi khối 4 lớp. Tổng số là {classes} lớp, ổn định nhiều năm.',
      '1b': 'Học sinh được biên chế theo nguyên tắc cân đối giữa các lớp về giới tính và học lực; toàn trường có {girls} học sinh nữ. Danh sách lớp được công khai trước ngày tựu trường.',
      '1c': 'Ban cán sự lớp do học sinh tự bầu vào tuần học thứ hai và thay luân phiên ở học kỳ II. Giờ sinh hoạt lớp do học sinh điều hành, giáo viên chủ nhiệm góp ý.',
      '2a': 'Quy mô {classes} lớp không vượt quá 45 lớp. Bình quân mỗi lớp có {perClass} học sinh, không lớp nào quá 45 em.',
      '3a': 'Sĩ số bình quân {perClass} em thấp hơn giới hạn 40 em của Mức 3. Trường chủ động thống kê trẻ trên địa bàn để giữ sĩ số này cho các năm sau.',
    },
    strong: 'Sĩ số hợp lý, học sinh được tự bầu và luân phiên điều hành lớp.',
    weak: 'Sĩ số giữa một số lớp trong khối còn chênh nhau ba đến bốn em do học sinh chuyển đến giữa năm.',
    remedy: [
      'Quy định thứ tự tiếp nhận học sinh chuyển đến vào lớp đang có sĩ số thấp nhất của khối.',
      'Văn thư, Phó Hiệu trưởng',
      'Chênh lệch sĩ số trong một khối không quá hai em.',
    ],
  },
  '1.6': {
    is: {
      '1a': 'Hồ sơ, sổ sách được lập theo danh mục, đóng theo năm và lưu tại kho có tủ chống ẩm. Sổ công văn đi, đến được ghi hằng ngày, có bản mềm để tra cứu.',
      '1b': 'Dự toán, quyết toán được lập đúng kỳ, công khai tại hội nghị viên chức. Quy chế chi tiêu nội bộ được sửa hằng năm, lần gần nhất bổ sung mức chi cho hoạt động trải nghiệm.',
      '1c': 'Kinh phí được ưu tiên cho sửa chữa nhỏ, mua thiết bị dạy học và khen thưởng học sinh. Tài sản được dán mã, giao người quản lý và kiểm kê cuối năm.',
      '2a': 'Trường dùng phần mềm kế toán, phần mềm quản lý tài sản và hệ thống quản lý văn bản điện tử. Cả {officeComputers} bộ máy tính văn phòng đều nối mạng, dữ liệu được sao lưu hằng tuần.',
      '2b': 'Trong năm năm liên tiếp, các đợt kiểm tra tài chính không kết luận vi phạm nào. Kiến nghị nhỏ về cách lưu chứng từ đã được khắc phục ngay trong tháng.',
      '3a': 'Kế hoạch tạo nguồn ngắn hạn và trung hạn dựa vào tiết kiệm chi và tài trợ hợp pháp cho thư viện. Kế hoạch dài hạn nêu rõ việc cần đề nghị ngân sách đầu tư nhà đa năng.',
    },
    strong: 'Tài chính minh bạch, ứng dụng phần mềm đồng bộ trong văn phòng.',
    weak: 'Kho lưu trữ còn hẹp, một số hồ sơ trước năm 2020 chưa được chỉnh lý.',
    remedy: [
      'Chỉnh lý hồ sơ cũ, lập mục lục điện tử và tiêu hủy tài liệu hết giá trị theo quy định.',
      'Văn thư, tổ Văn phòng',
      'Toàn bộ hồ sơ từ năm 2015 có mục lục tra cứu.',
    ],
  },
  '1.7': {
    is: {
      '1a': 'Kế hoạch bồi dưỡng được lập từ nhu cầu đăng ký của {teachers} giáo viên và {support} nhân viên. Nội dung gồm chương trình của ngành, của địa phương và phần tự chọn.',
      '1b': 'Phân công đầu năm căn cứ chuyên ngành đào tạo, định mức tiết và nguyện vọng; bảng phân công được thảo luận tại tổ trước khi ký. Bình quân mỗi lớp có {perClassTeachers} giáo viên.',
      '1c': 'Lương, phụ cấp, nâng bậc được giải quyết đúng hạn; giáo viên nuôi con nhỏ được xếp thời khóa biểu phù hợp. Không có đơn thư về chế độ, chính sách.',
      '2a': 'Trường giao việc theo sở trường, ví dụ giáo viên Tin học phụ trách chuyển đổi số, giáo viên Mỹ thuật phụ trách cảnh quan. Thành tích được khen ngay trong tháng thay vì đợi cuối năm.',
    },
    strong: 'Phân công dân chủ, đúng chuyên môn, khen thưởng kịp thời.',
    weak: 'Một vài giáo viên còn kiêm nhiều việc vào dịp cuối học kỳ.',
    remedy: [
      'Lập bảng theo dõi khối lượng công việc kiêm nhiệm, điều chỉnh trước mỗi đợt kiểm tra định kỳ.',
      'Phó Hiệu trưởng',
      'Không ai kiêm quá hai việc cùng thời điểm.',
    ],
  },
  '1.8': {
    is: {
      '1a': 'Kế hoạch giáo dục được các tổ đề xuất từ dưới lên, đủ số tiết của Chương trình giáo dục phổ thông 2018 và phù hợp với phòng học, đội ngũ của trường. Cơ quan quản lý đã có ý kiến trước khi ban hành.',
      '1b': 'Các môn học và hoạt động được thực hiện đủ số tiết; dạy bù trong vòng hai tuần khi giáo viên nghỉ. Lịch báo giảng được cập nhật trên hệ thống mỗi thứ Sáu.',
      '1c': 'Sau mỗi tháng, phó hiệu trưởng đối chiếu tiến độ với kế hoạch và thông báo cho tổ. Học kỳ I đã điều chỉnh thời điểm hai chủ đề trải nghiệm do mưa bão.',
      '2a': 'Đoàn kiểm tra của cơ quan quản lý nhận xét việc chỉ đạo chuyên môn chặt chẽ, hồ sơ đầy đủ. Trường không tổ chức dạy thêm có thu tiền; phụ đạo, bồi dưỡng được sắp xếp miễn phí.',
    },
    strong: 'Kế hoạch giáo dục được xây dựng từ tổ, theo dõi tiến độ hằng tháng.',
    weak: 'Kế hoạch của một số môn ghép nhiều phân môn chưa nêu rõ mốc kiểm tra chung.',
    remedy: [
      'Thống nhất ma trận và mốc kiểm tra cho môn Khoa học tự nhiên, Lịch sử và Địa lí từ đầu học kỳ.',
      'Tổ trưởng tổ chuyên môn số 2',
      'Kế hoạch môn học của hai môn có đủ mốc kiểm tra chung.',
    ],
  },
  '1.9': {
    is: {
      '1a': 'Kế hoạch năm học, nội quy, quy chế chi tiêu được gửi trước năm ngày để {everybody} cán bộ, giáo viên, nhân viên góp ý. Hội nghị viên chức dành một buổi thảo luận theo tổ.',
      '1b': 'Trường có lịch tiếp công dân hằng tuần, sổ tiếp nhận phản ánh và hộp thư điện tử riêng. Ba ý kiến trong năm về lịch học phụ đạo đã được trả lời bằng văn bản.',
      '1c': 'Báo cáo thực hiện quy chế dân chủ được lập tháng 6 hằng năm, có ý kiến của Công đoàn. Bản báo cáo được đọc trước hội đồng sư phạm.',
      '2a': 'Ban thanh tra nhân dân giám sát thu chi, tuyển sinh, phân công mỗi học kỳ một lần và thông báo kết quả. Các khoản thu tự nguyện đều có danh sách đồng ý của cha mẹ.',
    },
    strong: 'Dân chủ, công khai thành nền nếp; ý kiến được trả lời bằng văn bản.',
    weak: 'Báo cáo của ban thanh tra nhân dân chưa so sánh được kết quả giữa các năm.',
    remedy: [
      'Bổ sung bảng so sánh ba năm vào mẫu báo cáo của ban thanh tra nhân dân.',
      'Trưởng ban Thanh tra nhân dân',
      'Báo cáo năm có bảng so sánh và kiến nghị cụ thể.',
    ],
  },
  '1.10': {
    is: {
      '1a': 'Trường có phương án phòng cháy, phòng chống thiên tai, dịch bệnh, tai nạn thương tích và bạo lực học đường, cập nhật vào tháng 8. Trường không tổ chức bếp ăn; nước uống có kết quả xét nghiệm.',
      '1b': 'Hộp thư góp ý đặt ở hành lang, số điện thoại đường dây nóng dán ở mỗi lớp. Năm học qua không xảy ra tai nạn nặng trong trường.',
      '1c': 'Quy tắc ứng xử cấm mọi hình thức kỳ thị, được từng lớp ký cam kết. Học sinh khuyết tật học hòa nhập ({disabled} em) được bạn bè giúp đỡ, không có biểu hiện phân biệt.',
      '2a': 'Mỗi học kỳ toàn trường thực tập thoát nạn một lần; giáo viên được tập huấn sơ cứu. Học sinh biết vị trí bình chữa cháy và lối thoát của lớp mình.',
      '2b': 'Tổ tư vấn tâm lý ghi nhận, phân loại các mâu thuẫn nhỏ và mời cha mẹ cùng giải quyết trong ba ngày. Quy chế phối hợp với công an xã giúp xử lý sớm ba vụ việc ngoài cổng trường.',
    },
    strong: 'Phương án đầy đủ, thực tập đều; xử lý sớm mâu thuẫn của học sinh.',
    weak: 'Cổng phụ chưa có camera nên giờ tan học phải bố trí người trực.',
    remedy: [
      'Lắp hai camera ở cổng phụ và nhà xe, kết nối về phòng bảo vệ.',
      'Tổ trưởng tổ Văn phòng',
      'Hệ thống hoạt động trước học kỳ II.',
    ],
  },
}
