"""The API's addresses below ``/ogc/``; the standard fixes them."""

from django.urls import path

from incidents.ogc import views

app_name = "ogc"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("conformance", views.conformance, name="conformance"),
    path("collections", views.collections, name="collections"),
    path("collections/<str:name>", views.collection, name="collection"),
    path("collections/<str:name>/items", views.items, name="items"),
    # The id of a site has a slash in it, which some proxies unescape.
    path("collections/<str:name>/items/<path:feature_id>", views.item, name="item"),
    path("api", views.api, name="api"),
    path("api.html", views.docs, name="docs"),
    path("<path:rest>", views.nothing),
]
