"""Static files of a running site: compressed, and named by their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Modules import each other by those names, too: browsers may keep every file for ever, and
    never mix the modules of two versions."""

    support_js_module_import_aggregation = True
