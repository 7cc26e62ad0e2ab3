"""Files in one parcel that any machine opens."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A parcel says nothing of the machine that made it: the same content, the same bytes.
NO_DATE = (1980, 1, 1, 0, 0, 0)


def parcel_of(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of these files by name."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = ZipInfo(name, NO_DATE)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
