from django.urls import path

from mingchuang.base import views

app_name = "base"
urlpatterns = [path("mode/", views.set_mode, name="mode")]
