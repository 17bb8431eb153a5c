"""The application's addresses. Names and paths are fixed: other programs rely on them."""

from django.urls import include, path

from incidents import codebook_views, legs, map_views, place_search, views
from incidents.export_views import download
from incidents.feed_views import changes_json, feed
from incidents.ogc.views import docs

# The layers as files: path, layer, format.
_DOWNLOADS = (
    ("incidents.geojson", "incidents", "geojson"),
    ("sites.geojson", "sites", "geojson"),
    ("trajectories.geojson", "trajectories", "geojson"),
    ("incidents.csv", "incidents", "csv"),
    ("sites.csv", "sites", "csv"),
    ("trajectories.csv", "trajectories", "csv"),
    ("incidents.kml", "incidents", "kml"),
)

urlpatterns = [
    path("", views.map_page, name="map"),
    path("incidents/", views.incident_list, name="incident-list"),
    path("incidents/<slug:public_id>/", views.incident_page, name="incident"),
    path("incidents/<slug:public_id>.json", views.incident_json, name="incident-json"),
    path("articles/<int:pk>/", views.article_page, name="article"),
    path("overview/", views.overview_page, name="overview"),
    path("overview/<slug:name>.csv", views.overview_csv, name="overview-csv"),
    path("about/", views.about, name="about"),
    path("codebook/", codebook_views.page, name="codebook"),
    path("codebook.json", codebook_views.as_json, name="codebook-json"),
    path("feed/", feed, name="feed"),
    path("ogc/", include("incidents.ogc.urls")),
    path("api/docs", docs, name="api-docs"),
    path("changes.json", changes_json, name="changes"),
    path("map/data", map_views.data, name="map-data"),
    path("map/summary", map_views.summary, name="map-summary"),
    path("map/list", map_views.cards_page, name="map-list"),
    path("map/spot", map_views.spot, name="map-spot"),
    path("map/backdrop", map_views.ground, name="map-backdrop"),
    path("map/leg", legs.answer, name="map-leg"),
    path("map/places", place_search.search, name="map-places"),
    *(
        path(file, download, {"layer": layer, "format_": format_}, name=f"{layer}-{format_}")
        for file, layer, format_ in _DOWNLOADS
    ),
]
