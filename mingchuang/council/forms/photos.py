"""One photo that proves something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.photo_field import Chosen, PhotosField
from mingchuang.cases.rules.photo import Photo


class OnePhotoField(PhotosField):
    """Exactly one photo; the cleaned value is that Photo."""

    def clean(self, data: Chosen, initial: Any = None) -> Photo:  # type: ignore[override]
        photos = super().clean(data, initial)
        if not photos:
            raise forms.ValidationError(_("请附上照片。"))
        return photos[0]


class MaybePhotoField(PhotosField):
    """One photo at most; the cleaned value is that Photo, or None."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, **given)

    def clean(self, data: Chosen, initial: Any = None) -> Photo | None:  # type: ignore[override]
        photos = super().clean(data, initial)
        return photos[0] if photos else None
