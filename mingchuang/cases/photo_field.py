"""The field for photos: each is re-encoded before anything else touches it.

A browser does not fill in a choice of files again. So when a form comes back, its photos are
laid aside with us and stand on it as small pictures with a tick: what is ticked is sent again
(promise P17).
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from mingchuang.cases import shelf
from mingchuang.cases.rules.photo import LARGEST, MOST, Photo, PhotoFault, reencode, small

FAULTS = {
    PhotoFault.TOO_LARGE: _("“%(name)s”太大，没有收下。请换一张 10 MB 以内的照片。"),
    PhotoFault.NOT_A_PHOTO: _("“%(name)s”不是能识别的照片，没有收下。请用 JPG、PNG 或 WebP 格式。"),
}
TOO_MANY = _("一次最多 %(most)s 张照片，多出来的 %(more)s 张没有收下。")
GONE = _("之前选的照片放得太久，有 %(gone)s 张已经不在了，请重新选。")
UNREAD = _("这次选的照片没有收下，请过一会儿提交时再选一次。")


class Chosen(NamedTuple):
    """What the field sends: names of photos laid aside, and new files."""

    aside: Sequence[str]
    files: Sequence[UploadedFile]


class PhotosInput(forms.FileInput):
    """Chooses photos, and shows with a tick those that came with the form before."""

    allow_multiple_selected = True
    template_name = "cases/photos.html"
    kept: Sequence[Photo] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Chosen:
        new = super().value_from_datadict(data, files, name)
        aside = data.getlist(f"{name}-kept") if isinstance(data, MultiValueDict) else ()
        return Chosen(aside, new if isinstance(new, list) else [new] if new else [])

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["kept"] = [
            {"name": shelf.lay_aside(photo), "small": b64encode(small(photo)).decode()}
            for photo in self.kept
        ]
        return context


class PhotosField(forms.FileField):
    """Some photos, each re-encoded; the cleaned value is a tuple of Photo, none twice."""

    widget = PhotosInput(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Chosen, initial: Any = None) -> tuple[Photo, ...]:  # noqa: ARG002
        aside = [shelf.laid_aside(name) for name in data.aside[:MOST]]
        photos = [photo for photo in aside if photo]
        room = MOST - len(photos)
        faults = list(_missing(len(aside) - len(photos), len(data.files) - room))
        for file in data.files[:room]:
            found = PhotoFault.TOO_LARGE if (file.size or 0) > LARGEST else reencode(file.read())
            if isinstance(found, PhotoFault):
                faults.append(forms.ValidationError(FAULTS[found], params={"name": file.name}))
            else:
                photos.append(found)
        self.widget.kept = kept = tuple(dict.fromkeys(photos))
        if faults:
            raise forms.ValidationError(faults)
        return kept


def _missing(gone: int, more: int) -> Iterable[forms.ValidationError]:
    if gone:
        yield forms.ValidationError(GONE, params={"gone": gone})
    if more > 0:
        yield forms.ValidationError(TOO_MANY, params={"most": MOST, "more": more})


def photos_field() -> PhotosField:
    return PhotosField(
        label=_("照片（可不填）"),
        required=False,
        help_text=_("最多 6 张。照片里的拍摄地点等隐藏信息会自动去掉。"),
    )


def leave_unread(form: forms.BaseForm) -> None:
    """Spare us the work of new photos; what came with the form before still stands on it."""
    if form.files and "photos" in form.fields:
        form.files = MultiValueDict()
        form.add_error("photos", UNREAD)
