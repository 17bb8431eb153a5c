"""Pages that belong to the site as a whole."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from config import __version__


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Tell a monitor whether the site can answer: 200 with the database, 503 without."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse(
            {"status": "failing", "version": __version__, "database": "unreachable"}, status=503
        )
    return JsonResponse({"status": "ok", "version": __version__, "database": "ok"})
