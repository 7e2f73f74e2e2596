import type { StandardWords } from '../full-words.ts'

/** Tiêu chuẩn 3, told by the secondary school. */
export const STANDARD_3: StandardWords = {
  '3.1': {
    is: {
      '1a': 'Khuôn viên có cây bóng mát dọc hai dãy lớp học, bồn hoa giao cho từng lớp chăm sóc. Sân được quét dọn trước 6 giờ 45 mỗi ngày.',
      '1b': 'Cổng chính, biển tên ghi đúng tên trường theo quyết định; tường rào xây kín ba mặt, mặt còn lại là hàng rào thép cao hai mét.',
      '1c': 'Sân chơi trước dãy A và bãi tập sau dãy B đủ cho bốn lớp học thể dục cùng lúc.',
      '2a': 'Học sinh dùng sân bóng chuyền, hai bàn bóng bàn ngoài trời trong giờ ra chơi và sau giờ học. Khối 9 có khu tập riêng vào buổi chiều.',
      '3a': 'Diện tích khuôn viên 8.640 m², bình quân trên 14 m² một học sinh; bãi tập có hố nhảy, xà đơn, đường chạy 60 m và được bổ sung dụng cụ hằng năm.',
    },
    strong: 'Khuôn viên rộng, nhiều cây xanh, bãi tập có dụng cụ dùng thường xuyên.',
    weak: 'Đường chạy bị đọng nước khi mưa lớn.',
    remedy: [
      'Nâng nền đường chạy, làm rãnh thoát nước bằng nguồn sửa chữa thường xuyên.',
      'Tổ trưởng tổ Văn phòng, giáo viên Thể dục',
      'Đường chạy khô sau mưa 30 phút.',
    ],
  },
  '3.2': {
    is: {
      '1a': 'Có {rooms} phòng học cho {classes} lớp, mỗi phòng 48 m², đủ đèn, quạt, bàn ghế hai chỗ ngồi và bảng chống lóa.',
      '1b': 'Có {subjectRooms} phòng học bộ môn (Khoa học tự nhiên, Tin học, Âm nhạc, Ngoại ngữ) với trang bị tối thiểu theo danh mục.',
      '1c': 'Phòng Đoàn – Đội, phòng truyền thống và phòng tư vấn tâm lý được bố trí ở tầng một dãy A.',
      '2a': 'Các phòng học và phòng bộ môn bảo đảm tiêu chuẩn diện tích, chiếu sáng; phòng thực hành có tủ hút và bồn rửa.',
      '2b': 'Phòng thư viện, thiết bị, phòng họp tổ đủ cho hoạt động dạy học và giáo dục hằng ngày; lịch dùng phòng được đăng ký trước một tuần.',
      '3a': 'Trường chưa có phòng riêng để hỗ trợ học sinh khuyết tật học hòa nhập; việc hỗ trợ {disabled} em đang diễn ra tại phòng tư vấn.',
    },
    notMet: ['3a'],
    strong: 'Đủ phòng học một ca, phòng bộ môn được dùng theo lịch.',
    weak: 'Chưa có phòng riêng hỗ trợ học sinh khuyết tật.',
    remedy: [
      'Cải tạo phòng kho tầng một thành phòng hỗ trợ giáo dục hòa nhập, bố trí bàn ghế và học liệu phù hợp.',
      'Hiệu trưởng, kế toán',
      'Phòng được đưa vào dùng từ đầu năm học sau.',
    ],
  },
  '3.3': {
    is: {
      '1a': 'Khối hành chính có phòng hiệu trưởng, phó hiệu trưởng, văn phòng, phòng hội đồng, phòng y tế và phòng bảo vệ.',
      '1b': 'Nhà để xe của giáo viên ở cổng phụ, của học sinh ở sau dãy B, có mái che và vạch chia theo lớp.',
      '1c': 'Mỗi năm trường sửa chữa, thay thiết bị văn phòng hỏng theo biên bản kiểm kê; năm nay thay hai máy in và sơn lại phòng họp.',
      '2a': 'Các phòng hành chính bố trí theo quy định, thông thoáng. Trường không tổ chức bán trú nên không có bếp ăn, nhà nghỉ.',
      '3a': 'Phòng làm việc có {officeComputers} bộ máy tính, tủ hồ sơ và màn hình họp trực tuyến, sắp xếp theo luồng công việc nên xử lý hồ sơ nhanh.',
    },
    strong: 'Phòng làm việc gọn, thiết bị văn phòng đủ và được bảo trì.',
    weak: 'Nhà để xe học sinh thiếu chỗ vào ngày mưa.',
    remedy: [
      'Làm thêm 60 m² mái che nối dài nhà xe học sinh.',
      'Hiệu trưởng, Ban đại diện cha mẹ học sinh',
      'Tất cả xe của học sinh có chỗ để dưới mái.',
    ],
  },
  '3.4': {
    is: {
      '1a': 'Hai khu vệ sinh riêng cho nam, nữ và một khu cho giáo viên; mỗi khu có buồng dành cho học sinh khuyết tật, lối vào không bậc.',
      '1b': 'Nước máy dùng cho sinh hoạt, nước uống qua hệ thống lọc được xét nghiệm sáu tháng một lần; cống thoát có nắp đậy.',
      '1c': 'Rác được phân loại thành ba thùng tại mỗi dãy lớp, hợp đồng thu gom hai ngày một lần.',
      '2a': 'Khu vệ sinh đặt cuối dãy, ốp gạch, có cây che chắn nên thuận tiện và hài hòa với khuôn viên.',
      '2b': 'Kết quả xét nghiệm nước và biên bản kiểm tra y tế trường học đều đạt; nước thải đấu nối vào hệ thống chung của xã.',
    },
    strong: 'Nước sạch được kiểm nghiệm đều, rác phân loại tại chỗ.',
    weak: 'Khu vệ sinh dãy B chưa đủ vòi rửa tay vào giờ ra chơi.',
    remedy: [
      'Lắp thêm sáu vòi rửa tay và giá để xà phòng ở dãy B.',
      'Nhân viên y tế, tổ Văn phòng',
      'Không còn cảnh xếp hàng chờ rửa tay.',
    ],
  },
  '3.5': {
    is: {
      '1a': 'Thiết bị văn phòng gồm máy tính, máy in, máy quét, điện thoại đủ cho các bộ phận; {projectors} máy chiếu dùng chung cho các lớp.',
      '1b': 'Thiết bị dạy học tối thiểu của bốn khối được trang cấp theo danh mục, xếp theo môn trong phòng thiết bị.',
      '1c': 'Tháng 5 kiểm kê, lập biên bản; thiết bị hỏng được sửa trong hè hoặc thanh lý đúng thủ tục.',
      '2a': 'Phòng Tin học có {computers} máy tính nối mạng cáp quang; máy của giáo viên và văn phòng cũng kết nối Internet.',
      '2b': 'Số lượng thiết bị theo danh mục đạt đủ cho các môn; hai bộ thí nghiệm dùng luân phiên theo lịch đăng ký.',
      '2c': 'Mỗi năm bổ sung bằng ngân sách và thiết bị tự làm; năm học này giáo viên làm 14 đồ dùng, 3 đồ dùng được chọn dự thi.',
      '3a': 'Sổ mượn cho thấy mỗi giáo viên dùng thiết bị bình quân 11 lượt một tháng; dự giờ ghi nhận học sinh được tự làm thí nghiệm, nhớ bài lâu hơn.',
    },
    strong: 'Thiết bị đủ theo danh mục, được dùng thường xuyên, có đồ dùng tự làm.',
    weak: 'Một số máy tính phòng Tin học đã qua bảy năm sử dụng, khởi động chậm.',
    remedy: [
      'Nâng cấp ổ cứng, bộ nhớ cho 15 máy và lập đề nghị thay 15 máy còn lại.',
      'Giáo viên Tin học, kế toán',
      'Toàn bộ máy khởi động dưới một phút.',
    ],
  },
  '3.6': {
    is: {
      '1a': 'Thư viện có trên 6.200 bản sách, báo và tài liệu tham khảo, đủ sách giáo khoa cho giáo viên các bộ môn.',
      '1b': 'Thư viện mở cửa cả giờ ra chơi và sau giờ học; bình quân 70 lượt mượn mỗi tuần.',
      '1c': 'Cuối năm kiểm kê, bổ sung khoảng 300 bản từ ngân sách và phong trào góp sách.',
      '2a': 'Thư viện được công nhận đạt chuẩn, quyết định công nhận còn hiệu lực.',
      '3a': 'Thư viện chưa được công nhận danh hiệu tiên tiến; mới có hai máy tính nối mạng cho bạn đọc.',
    },
    notMet: ['3a'],
    strong: 'Thư viện đạt chuẩn, giờ mở cửa thuận tiện, sách được bổ sung đều.',
    weak: 'Thư viện chưa đạt danh hiệu tiên tiến, thiếu máy tính cho bạn đọc.',
    remedy: [
      'Trang bị thêm bốn máy tính, phần mềm tra cứu và hoàn thiện hồ sơ đề nghị công nhận mức cao hơn.',
      'Nhân viên thư viện, Phó Hiệu trưởng',
      'Nộp hồ sơ đề nghị công nhận trước khi kết thúc năm học.',
    ],
  },
}
