"""What can be refused, and the one table from a refusal to its HTTP status, code and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.language import Words


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: a JSON pointer into the body, or a parameter's name."""

    field: str
    code: str
    detail: Words


class DomainError(Exception):
    """A refusal to act on; `facts` fill its sentence, `members` join the answer."""

    def __init__(
        self,
        *,
        facts: Mapping[str, object] | None = None,
        errors: Sequence[FieldError] = (),
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(type(self).__name__)
        self.facts = dict(facts or {})
        self.errors = tuple(errors)
        self.members = dict(members or {})


class InvalidJson(DomainError):
    """The body is no JSON."""


class MalformedRequest(DomainError):
    """What came is no HTTP, or says twice what can be said once."""


class NotSignedIn(DomainError):
    """Nobody is signed in where someone must be."""


class WrongCredentials(DomainError):
    """No account has this address and this password; which of the two is wrong nobody learns."""


class InvitationOver(DomainError):
    """A link to set a password that has served, or whose time is over."""


class NotPermitted(DomainError):
    """Whoever asks may not do this."""


class NotFound(DomainError):
    """There is no such thing, or the public may not know of it."""


class MethodNotAllowed(DomainError):
    """The address exists, but not for this method."""


class OutsideCity(DomainError):
    """A place that lies in no area of the city; member `nearest` says who is near."""


class Conflict(DomainError):
    """The request contradicts what is stored; `errors` says how."""


class MoveNotAllowed(DomainError):
    """The status table has no such step; member `allowed` lists those it has."""


class QuotaFull(DomainError):
    """Somebody keeps as much here as is kept for him."""


class TooLarge(DomainError):
    """More bytes than we read."""


class TooSlow(DomainError):
    """A request that did not arrive in time."""


class WrongContentType(DomainError):
    """A body of a kind that is not understood here."""


class GeometryRefused(DomainError):
    """A geometry that is wrong by itself."""


class UnknownCategory(DomainError):
    """A category that is not in the list."""


class ReasonMissing(DomainError):
    """A refusal without its reason."""


class InvalidFields(DomainError):
    """Fields or parameters that are wrong by themselves; `errors` names each."""


class TooOften(DomainError):
    """More requests than one sender is given."""


class TooManyLists(TooOften):
    """More lists than one person is given to send in an hour."""


class Busy(DomainError):
    """The database is away, locked or slow; trying again later helps."""


class DatabaseFull(Busy):
    """There is no room for a row; what is stored already can be read."""


class StorageFull(DomainError):
    """There is no room for a file; what is stored already can be read."""


class Unforeseen(DomainError):
    """A mistake of ours."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a refusal is answered; `detail` may name facts in braces."""

    status: int
    code: str
    title: Words
    detail: Words = field(default=Words("", ""))


REFUSALS: Mapping[type[DomainError], Refusal] = {
    InvalidJson: Refusal(
        400,
        "JSON_TIDAK_SAH",
        Words("Isi permintaan bukan JSON", "The request body is not JSON"),
        Words(
            "Isi permintaan tidak dapat dibaca sebagai JSON.",
            "The request body cannot be read as JSON.",
        ),
    ),
    MalformedRequest: Refusal(
        400,
        "PERMINTAAN_TIDAK_SAH",
        Words("Permintaan tidak sah", "Malformed request"),
        Words(
            "Permintaan menyalahi aturan HTTP, atau menyebut dua kali yang hanya boleh sekali.",
            "The request breaks the rules of HTTP, or says twice what may be said once.",
        ),
    ),
    NotSignedIn: Refusal(
        401,
        "BELUM_MASUK",
        Words("Belum masuk", "Not signed in"),
        Words("Masuk dahulu untuk melakukan ini.", "Sign in first to do this."),
    ),
    WrongCredentials: Refusal(
        401,
        "SANDI_TIDAK_COCOK",
        Words("Tidak dapat masuk", "Cannot sign in"),
        Words("Surel atau kata sandi tidak cocok.", "The e-mail address or the password is wrong."),
    ),
    InvitationOver: Refusal(
        409,
        "UNDANGAN_HABIS",
        Words("Tautan tidak berlaku lagi", "The link no longer works"),
        Words(
            "Tautan ini sudah dipakai atau lewat waktunya; minta yang baru kepada admin kota.",
            "This link has been used or is too old; ask the city's administrator for a new one.",
        ),
    ),
    NotPermitted: Refusal(
        403,
        "TIDAK_BERWENANG",
        Words("Tidak berwenang", "Not allowed"),
        Words("Anda tidak berwenang melakukan ini.", "You are not allowed to do this."),
    ),
    NotFound: Refusal(
        404,
        "TIDAK_DITEMUKAN",
        Words("Tidak ditemukan", "Not found"),
        Words("Yang Anda cari tidak ada di sini.", "What you are looking for is not here."),
    ),
    MethodNotAllowed: Refusal(
        405,
        "METODE_TIDAK_DIDUKUNG",
        Words("Metode tidak didukung", "Method not allowed"),
        Words(
            "Alamat ini tidak menerima metode tersebut.",
            "This address does not take that method.",
        ),
    ),
    TooSlow: Refusal(
        408,
        "TERLALU_LAMBAT",
        Words("Permintaan terlalu lambat", "Request too slow"),
        Words(
            "Permintaan tidak tiba seluruhnya dalam {seconds} detik. Coba kirim lagi.",
            "The request did not arrive within {seconds} seconds. Try sending it again.",
        ),
    ),
    OutsideCity: Refusal(
        409,
        "LUAR_WILAYAH",
        Words("Di luar wilayah kota", "Outside the city"),
        Words(
            "Lokasi di luar wilayah kota. Geser pin ke dalam wilayah kota.",
            "Location is outside the city. Move the pin into the city.",
        ),
    ),
    Conflict: Refusal(
        409,
        "KONFLIK",
        Words("Bertentangan dengan yang tersimpan", "In conflict with what is stored"),
        Words(
            "Permintaan ini tidak cocok lagi dengan yang tersimpan sekarang.",
            "This request no longer fits what is stored now.",
        ),
    ),
    MoveNotAllowed: Refusal(
        409,
        "TRANSISI_TIDAK_SAH",
        Words("Perubahan status tidak sah", "Change of status not allowed"),
        Words(
            "Status tidak dapat berubah dari {status} ke {target}.",
            "The status cannot change from {status} to {target}.",
        ),
    ),
    QuotaFull: Refusal(
        409,
        "KUOTA_PENUH",
        Words("Kuota penuh", "Quota is full"),
        Words(
            "Terlalu banyak daftar yang belum selesai. Simpan atau batalkan yang lama dahulu.",
            "Too many lists are unfinished here. Store or cancel older ones first.",
        ),
    ),
    TooLarge: Refusal(
        413,
        "TERLALU_BESAR",
        Words("Permintaan terlalu besar", "Request too large"),
        Words("Paling besar {limit} byte.", "At most {limit} bytes."),
    ),
    WrongContentType: Refusal(
        415,
        "JENIS_ISI_TIDAK_DIDUKUNG",
        Words("Jenis isi tidak didukung", "Content type not supported"),
        Words("Kirim isi sebagai application/json.", "Send the body as application/json."),
    ),
    GeometryRefused: Refusal(
        422,
        "GEOMETRI_TIDAK_SAH",
        Words("Geometri tidak sah", "Invalid geometry"),
        Words("Periksa lokasi yang Anda kirim.", "Check the location you sent."),
    ),
    UnknownCategory: Refusal(
        422,
        "KATEGORI_TIDAK_DIKENAL",
        Words("Kategori tidak dikenal", "Unknown category"),
        Words("Pilih kategori dari daftar.", "Choose a category from the list."),
    ),
    ReasonMissing: Refusal(
        422,
        "ALASAN_WAJIB",
        Words("Alasan wajib diisi", "A reason is required"),
        Words(
            "Isi kode alasan dan satu kalimat penjelasan.",
            "Give a reason code and one sentence that explains it.",
        ),
    ),
    InvalidFields: Refusal(
        422,
        "ISIAN_TIDAK_SAH",
        Words("Isian tidak sah", "Invalid fields"),
        Words("Periksa isian yang ditandai.", "Check the fields that are marked."),
    ),
    TooOften: Refusal(
        429,
        "TERLALU_SERING",
        Words("Terlalu sering", "Too many requests"),
        Words("Tunggu sebentar, lalu coba lagi.", "Wait a moment, then try again."),
    ),
    TooManyLists: Refusal(
        429,
        "TERLALU_BANYAK_DAFTAR",
        Words("Terlalu banyak daftar dikirim", "Too many lists sent"),
        Words(
            "Anda sudah mengirim {most} daftar dalam jam ini. Coba lagi {minutes} menit lagi.",
            "You have sent {most} lists within this hour. Try again in {minutes} minutes.",
        ),
    ),
    Unforeseen: Refusal(
        500,
        "GALAT_SERVER",
        Words("Kesalahan di pihak kami", "A mistake on our side"),
        Words(
            "Permintaan Anda tidak dapat diselesaikan. Sebutkan nomor X-Request-ID bila melapor.",
            "Your request could not be completed. Quote the X-Request-ID when reporting it.",
        ),
    ),
    StorageFull: Refusal(
        507,
        "PENYIMPANAN_PENUH",
        Words("Penyimpanan penuh", "Storage is full"),
        Words(
            "Tidak ada ruang lagi untuk berkas di server. Beri tahu pengelolanya, lalu coba lagi.",
            "The server has no room left for files. Tell whoever runs it, then try again.",
        ),
    ),
    DatabaseFull: Refusal(
        503,
        "BASIS_DATA_PENUH",
        Words("Penyimpanan basis data penuh", "The database's storage is full"),
        Words(
            "Yang Anda kirim belum tersimpan; yang sudah tersimpan tetap dapat dibaca. Beri tahu"
            " pengelola layanan ini, dan coba lagi nanti.",
            "What you sent is not stored; what is stored already can still be read. Tell whoever"
            " runs this service, and try again later.",
        ),
    ),
    Busy: Refusal(
        503,
        "LAYANAN_SIBUK",
        Words("Layanan sedang sibuk", "Service is busy"),
        Words("Coba lagi beberapa detik lagi.", "Try again in a few seconds."),
    ),
}
