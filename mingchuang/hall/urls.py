from django.urls import path

from mingchuang.hall import views

app_name = "hall"
urlpatterns = [
    path("guides/", views.guides, name="guides"),
    path("guides/<slug:code>/", views.guide, name="guide"),
    path("guides/<slug:code>/notice/", views.one_time_notice, name="one_time_notice"),
    path("notices/", views.notices, name="notices"),
    path("halls/", views.sites, name="sites"),
    path("halls/<slug:code>/", views.site, name="site"),
]
