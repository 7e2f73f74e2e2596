import type { StandardWords } from '../full-words.ts'

/** Tiêu chuẩn 2, told by the secondary school. */
export const STANDARD_2: StandardWords = {
  '2.1': {
    is: {
      '1a': 'Hiệu trưởng và phó hiệu trưởng có bằng đại học sư phạm trở lên, trên mười năm dạy học, đã có chứng chỉ quản lý giáo dục. Hồ sơ bổ nhiệm lưu đủ văn bằng và nhận xét của cơ quan quản lý.',
      '1b': 'Kết quả đánh giá theo chuẩn hiệu trưởng các năm đều từ mức khá. Việc đánh giá có tự nhận xét, ý kiến giáo viên và kết luận của cấp trên.',
      '1c': 'Hằng năm hai cán bộ quản lý dự đủ các lớp tập huấn về quản trị trường học, đổi mới kiểm tra đánh giá. Nội dung tập huấn được triển khai lại cho tổ trưởng.',
      '2a': 'Trong năm năm liên tiếp, hiệu trưởng có bốn năm xếp loại tốt, một năm khá; phó hiệu trưởng cả năm năm xếp loại khá trở lên.',
      '2b': 'Hiệu trưởng có trình độ cao cấp, phó hiệu trưởng có trình độ trung cấp lý luận chính trị. Phiếu lấy ý kiến cuối năm cho thấy trên 95% viên chức tín nhiệm.',
      '3a': 'Cả năm năm đều xếp loại từ khá trở lên và có nhiều hơn một năm xếp loại tốt, vượt yêu cầu của Mức 3.',
    },
    strong: 'Cán bộ quản lý vững chuyên môn, được tập thể tín nhiệm cao.',
    weak: 'Phó hiệu trưởng mới đảm nhiệm mảng tài chính nên còn ít kinh nghiệm lập dự toán.',
    remedy: [
      'Cử phó hiệu trưởng dự lớp bồi dưỡng quản lý tài chính và cùng kế toán lập dự toán năm tới.',
      'Hiệu trưởng',
      'Có chứng nhận bồi dưỡng, tự lập được dự toán.',
    ],
  },
  '2.2': {
    is: {
      '1a': 'Trường có {teachers} giáo viên, bình quân {perClassTeachers} giáo viên một lớp, đủ các môn bắt buộc. {women} giáo viên là nữ; cơ cấu môn đáp ứng chương trình hiện hành.',
      '1b': 'Toàn bộ giáo viên đạt chuẩn trình độ đào tạo; {above} người trên chuẩn. Danh sách kèm bản sao văn bằng được cập nhật mỗi đầu năm.',
      '1c': '100% giáo viên được xếp loại đạt trở lên theo chuẩn nghề nghiệp. Quy trình đánh giá gồm tự đánh giá, tổ nhận xét và hiệu trưởng kết luận.',
      '2a': 'Tỷ lệ giáo viên trên chuẩn hiện là {aboveShare}, tăng đều qua năm năm nhờ lộ trình cử đi học hằng năm. Mỗi năm trường bố trí một đến hai người học nâng trình độ.',
      '2b': 'Năm năm liên tiếp toàn bộ giáo viên đạt chuẩn nghề nghiệp, tỷ lệ xếp loại khá trở lên luôn trên 80%. Bảng tổng hợp từng năm được lưu cùng phiếu đánh giá.',
      '2c': 'Giáo viên tổ chức được hoạt động trải nghiệm theo chủ đề và hướng dẫn học sinh làm dự án khoa học kỹ thuật. Trong năm năm không ai bị kỷ luật từ cảnh cáo trở lên.',
      '3a': 'Tỷ lệ xếp loại khá trở lên các năm đều trên 80%, trong đó xếp loại tốt từ 32% trở lên. Kết quả được đối chiếu với phiếu dự giờ và kết quả học sinh.',
      '3b': 'Giáo viên mới có sáng kiến cấp trường, chưa có báo cáo kết quả nghiên cứu khoa học theo yêu cầu của Mức 3.',
    },
    notMet: ['3b'],
    strong: 'Đội ngũ đủ, đạt chuẩn toàn bộ, tỷ lệ trên chuẩn tăng từng năm.',
    weak: 'Chưa có báo cáo kết quả nghiên cứu khoa học của giáo viên.',
    remedy: [
      'Chọn hai nhóm giáo viên thực hiện đề tài nghiên cứu khoa học sư phạm ứng dụng, mời giảng viên cố vấn và báo cáo cuối năm.',
      'Phó Hiệu trưởng, các tổ trưởng',
      'Có ít nhất hai báo cáo được hội đồng khoa học cấp trường nghiệm thu.',
    ],
  },
  '2.3': {
    is: {
      '1a': 'Trường có {support} nhân viên đảm nhiệm văn thư, kế toán, thư viện, thiết bị, y tế; việc thủ quỹ giao cho văn thư kiêm nhiệm.',
      '1b': 'Bảng phân công nêu rõ việc chính, việc kiêm và người thay thế khi nghỉ. Phân công được điều chỉnh khi có người đi học.',
      '1c': 'Cuối năm tất cả nhân viên được xếp loại hoàn thành nhiệm vụ trở lên. Các báo cáo định kỳ của văn phòng đều đúng hạn.',
      '2a': 'Số lượng và cơ cấu nhân viên đúng vị trí việc làm được giao. Nhân viên y tế làm việc toàn thời gian tại trường.',
      '2b': 'Năm năm qua không nhân viên nào bị kỷ luật từ cảnh cáo trở lên; hồ sơ thi đua của tổ Văn phòng thể hiện rõ điều này.',
      '3a': 'Văn thư, kế toán và thư viện có bằng đúng chuyên ngành; nhân viên thiết bị đã có chứng chỉ nghiệp vụ phù hợp vị trí.',
      '3b': 'Nhân viên dự đủ các lớp tập huấn do ngành tổ chức: lưu trữ điện tử, kế toán đơn vị sự nghiệp, y tế học đường.',
    },
    strong: 'Nhân viên đúng chuyên ngành, hoàn thành tốt nhiệm vụ kiêm nhiệm.',
    weak: 'Nhân viên thiết bị chưa thành thạo việc bảo trì máy tính của phòng tin học.',
    remedy: [
      'Cử nhân viên thiết bị học lớp bảo trì máy tính ngắn hạn và lập lịch kiểm tra phòng máy hằng tháng.',
      'Tổ trưởng tổ Văn phòng',
      'Sự cố thông thường được xử lý trong ngày.',
    ],
  },
  '2.4': {
    is: {
      '1a': 'Học sinh vào lớp 6 đúng 11 tuổi, trường hợp học muộn do lưu ban đều trong giới hạn cho phép. Sổ đăng bộ ghi đủ ngày sinh của {pupils} học sinh.',
      '1b': 'Học sinh thực hiện nội quy về chuyên cần, trang phục, giữ gìn tài sản; tỷ lệ chuyên cần bình quân trên 98%.',
      '1c': 'Học sinh được bảo đảm các quyền về học tập, bảo hiểm, chính sách; {policy} em thuộc diện chính sách được hưởng đúng chế độ.',
      '2a': 'Các vi phạm nhỏ như đi muộn, dùng điện thoại được ghi sổ, nhắc nhở và giao việc công ích; sau hai tháng số lượt vi phạm giảm một nửa.',
      '3a': 'Kết quả tốt của học sinh tạo khí thế thi đua: lớp 8A và 9B trở thành điển hình về tự quản, được nhân rộng toàn trường.',
    },
    strong: 'Học sinh chuyên cần, tự quản tốt; vi phạm được giáo dục kịp thời.',
    weak: 'Một số em còn lạm dụng điện thoại ngoài giờ học.',
    remedy: [
      'Xây dựng quy ước sử dụng điện thoại do học sinh tự đề xuất, có cha mẹ cùng ký.',
      'Giáo viên chủ nhiệm, Tổng phụ trách Đội',
      'Không còn lượt vi phạm về điện thoại trong giờ học.',
    ],
  },
}
