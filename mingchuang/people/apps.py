"""The room's name on the administrators' pages, and the door of those pages."""

from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    name = "mingchuang.people"
    verbose_name = _("单位与人员")


class AdministratorPages(apps.AdminConfig):
    default = False
    default_site = "mingchuang.people.site.AdministratorSite"
