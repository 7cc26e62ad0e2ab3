"""The field for photos: each is re-encoded before anything else touches it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.rules.photo import LARGEST, MOST, Photo, PhotoFault, reencode

FAULTS = {
    PhotoFault.TOO_LARGE: _("“%(name)s”太大，请换一张 10 MB 以内的照片。"),
    PhotoFault.NOT_A_PHOTO: _("“%(name)s”不是能识别的照片，请用 JPG、PNG 或 WebP 格式。"),
}


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Some photos, each re-encoded; the cleaned value is a tuple of Photo."""

    widget = PhotosInput(attrs={"accept": "image/*", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> tuple[Photo, ...]:  # noqa: ARG002
        files: list[UploadedFile] = (
            list(data) if isinstance(data, list | tuple) else [data] if data else []
        )
        if len(files) > MOST:
            raise forms.ValidationError(_("一次最多 %(most)s 张照片。"), params={"most": MOST})
        photos, faults = [], []
        for file in files:
            found = PhotoFault.TOO_LARGE if (file.size or 0) > LARGEST else reencode(file.read())
            if isinstance(found, PhotoFault):
                faults.append(forms.ValidationError(FAULTS[found], params={"name": file.name}))
            else:
                photos.append(found)
        if faults:
            raise forms.ValidationError(faults)
        return tuple(photos)


def photos_field() -> PhotosField:
    return PhotosField(
        label=_("照片（可不填）"),
        required=False,
        help_text=_("最多 6 张。照片里的拍摄地点等隐藏信息会自动去掉。"),
    )
