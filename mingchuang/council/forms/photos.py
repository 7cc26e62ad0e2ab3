"""One photo that proves something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.cases.photo_field import Chosen, PhotosField, PhotosInput
from mingchuang.cases.rules.photo import Photo


class MaybePhotoField(PhotosField):
    """One photo at most, the one that was chosen last; the cleaned value is that Photo, or None."""

    widget = PhotosInput(attrs={"accept": "image/*"})

    def __init__(self, *, required: bool = False, **given: Any) -> None:
        super().__init__(required=required, **given)

    def clean(self, data: Chosen, initial: Any = None) -> Photo | None:  # type: ignore[override]
        photos = super().clean(data, initial)
        self.widget.kept = photos[-1:]
        return photos[-1] if photos else None


class OnePhotoField(MaybePhotoField):
    """Exactly one photo; the cleaned value is that Photo."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=True, **given)

    def clean(self, data: Chosen, initial: Any = None) -> Photo:  # type: ignore[override]
        photo = super().clean(data, initial)
        if photo is None:
            raise forms.ValidationError(_("请附上照片。"))
        return photo


def refuse_photo(form: forms.BaseForm, name: str, why: Text) -> None:
    """Say what is wrong with a photo, which is then not kept: ticked, it would be sent again."""
    form.fields[name].widget.kept = ()
    raise forms.ValidationError(why)
