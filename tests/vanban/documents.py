"""Made documents for the tests: a district's report in the form of A7, short and long."""

from vanban.model import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Issuer,
    Item,
    Paragraph,
    PlaceDate,
    Recipients,
    Run,
    Signature,
    Symbol,
    Table,
)

COMMUNES = (
    *("Cẩm Giàng", "Cao Sơn", "Đôn Phong", "Dương Phong", "Lục Bình", "Mỹ Thanh", "Nguyên Phúc"),
    *("Quân Hà", "Quang Thuận", "Sỹ Bình", "Tân Tú", "Vi Hương", "Vũ Muộn", "Phủ Thông"),
)


def runs(text: str, key: str | None = None, bold: bool = False) -> tuple[Run, ...]:
    return (Run(text, key=key, bold=bold),)


def commune_table() -> Table:
    columns = (
        Column("STT", 1, "center"),
        Column("Đơn vị", 3),
        Column("Kinh phí", 2.2, "right"),
        Column("Vị trí bố trí", 3.2),
    )
    rows = tuple(
        (
            runs(f"{number:02d}"),
            runs(f"{'Thị trấn' if name == 'Phủ Thông' else 'Xã'} {name}"),
            runs("28.800.000đ", key=f"figure:amount_given:{number}"),
            runs("Ngoài Bộ phận Một cửa" if name == "Nguyên Phúc" else "Bộ phận Một cửa"),
        )
        for number, name in enumerate(COMMUNES, start=1)
    )
    return Table(columns, rows, caption="Kinh phí và vị trí bố trí theo đơn vị")


def body() -> tuple[Block, ...]:
    names = ", ".join(f"xã {name}" for name in COMMUNES[:-1])
    return (
        Paragraph(
            (
                Run("Thực hiện "),
                Run("Công văn số 8703/UBND-NCPC ngày 23/12/2023", key="citation:directive:first"),
                Run(" của UBND tỉnh về việc báo cáo kết quả sử dụng trang thiết bị, UBND huyện báo cáo như sau:"),
            )
        ),
        Heading(1, "I.", runs("KẾT QUẢ THỰC HIỆN")),
        Heading(2, "1.", runs("Kinh phí và mua sắm")),
        Paragraph(
            (
                Run("Tổng kinh phí được cấp là "),
                Run("403.200.000đ", key="figure:amount_allocated:value"),
                Run(" cho "),
                Run("14", key="figure:units_funded:value"),
                Run("/14 xã, thị trấn: mỗi đơn vị 28.800.000đ theo Quyết định số 773/QĐ-UBND ngày 08/5/2023."),
            )
        ),
        commune_table(),
        Heading(2, "2.", runs("Bố trí, sử dụng")),
        Item(
            (
                Run("Có "),
                Run("13/14", key="figure:units_placed:ratio"),
                Run(" đơn vị bố trí máy tính trong Bộ phận Một cửa, gồm "),
                Run(f"{names};", key="figure:units_placed:members"),
            )
        ),
        Item(runs("Có 04 đơn vị bố trí máy tính dành riêng cho người dân;")),
        *_findings(),
    )


def _findings() -> tuple[Block, ...]:
    return (
        Heading(1, "II.", runs("TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")),
        Heading(3, "a)", runs("Diện tích phòng làm việc chật")),
        Paragraph(runs("Phòng làm việc của Bộ phận Một cửa chật, đồng thời là nơi làm việc của 04 công chức.")),
        Heading(1, "III.", runs("ĐỀ XUẤT, KIẾN NGHỊ")),
        Paragraph(runs("Không.")),
        Paragraph(
            runs("Trên đây là báo cáo kết quả sử dụng trang thiết bị của UBND huyện Bạch Thông, kính gửi xem xét.")
        ),
    )


def report(**changes: object) -> Document:
    """A report as drafted: no number, no day; two to three pages."""
    parts: dict[str, object] = {
        "kind": "report",
        "issuer": Issuer.of_committee("UBND huyện Bạch Thông"),
        "symbol": Symbol(None, "BC-UBND"),
        "place_date": PlaceDate("Bạch Thông", 2024, 1, None),
        "type_name": "BÁO CÁO",
        "subject": runs(
            "Kết quả sử dụng trang thiết bị được cấp tại Bộ phận Một cửa các xã, thị trấn trên địa bàn huyện năm 2023"
        ),
        "body": body(),
        "recipients": Recipients(
            "Gửi bản điện tử",
            (
                "Sở Thông tin và Truyền thông tỉnh",
                "Chủ tịch, PCT UBND huyện",
                "Phòng Văn hóa và Thông tin huyện",
                "UBND các xã, thị trấn",
            ),
        ),
        "signature": Signature("ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Bình"),
    }
    return Document(**{**parts, **changes})  # type: ignore[arg-type]


def note(text: str, **changes: object) -> Document:
    """A report of one paragraph."""
    return report(body=(Paragraph(runs(text)),), **changes)


def with_annexes() -> Document:
    """The report with its table in a landscape annex and a second, portrait one."""
    wide = Annex("BIỂU TỔNG HỢP THEO ĐƠN VỊ", (commune_table(), commune_table(), commune_table()), landscape=True)
    tall = Annex("DANH SÁCH ĐƠN VỊ", tuple(Item(runs(f"Xã {name};")) for name in COMMUNES))
    return report(annexes=(wide, tall))
