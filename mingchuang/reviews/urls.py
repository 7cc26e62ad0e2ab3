from django.urls import path

from mingchuang.reviews import views

app_name = "reviews"
urlpatterns = [
    path("rate/<slug:code>/", views.rate, name="rate"),
    path("halls/<slug:site>/windows/<int:number>/rate/", views.rate_window, name="rate_window"),
]
