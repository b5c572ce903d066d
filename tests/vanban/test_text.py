"""The document as plain text."""

from tests.vanban.documents import note, report, with_annexes
from vanban import Signature, to_text


def test_a_short_report_reads_from_top_to_bottom() -> None:
    document = note("Không có.", signature=Signature("ỦY BAN NHÂN DÂN", None, "CHỦ TỊCH", "Nguyễn Văn Bình"))
    assert to_text(document) == (
        "ỦY BAN NHÂN DÂN\nHUYỆN BẠCH THÔNG\nSố:      /BC-UBND\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBạch Thông, ngày     tháng 01 năm 2024\n\n"
        "BÁO CÁO\nKết quả sử dụng trang thiết bị được cấp tại Bộ phận Một cửa các xã, thị trấn trên địa bàn huyện "
        "năm 2023\n\n"
        "Không có./.\n\n"
        "Nơi nhận:\nGửi bản điện tử:\n- Sở Thông tin và Truyền thông tỉnh;\n- Chủ tịch, PCT UBND huyện;\n"
        "- Phòng Văn hóa và Thông tin huyện;\n- UBND các xã, thị trấn;\n- Lưu: VT.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n"
    )


def test_table_cells_are_parted_by_tabs() -> None:
    assert "\n07\tXã Nguyên Phúc\t28.800.000đ\tNgoài Bộ phận Một cửa\n" in to_text(report())


def test_a_paragraph_is_one_line() -> None:
    lines = to_text(report()).splitlines()
    assert any(line.startswith("- Có 13/14") and line.endswith("xã Vũ Muộn;") for line in lines)


def test_annexes_follow_with_their_heads() -> None:
    text = to_text(with_annexes())
    assert text.index("Nguyễn Văn Bình") < text.index("Phụ lục I\nBIỂU TỔNG HỢP") < text.index("Phụ lục II\nDANH SÁCH")
