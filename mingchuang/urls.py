"""Every door of the house."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("mingchuang.cases.urls")),
    path("", include("mingchuang.base.urls")),
    path("ledger/", include("mingchuang.ledger.urls")),
    path("", include("mingchuang.hall.urls")),
    path("", include("mingchuang.visits.urls")),
    path("", include("mingchuang.reviews.urls")),
    path("", include("mingchuang.council.urls")),
    path("", include("mingchuang.people.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("mingchuang.people.doors")),
    path("admin/", admin.site.urls),
]
