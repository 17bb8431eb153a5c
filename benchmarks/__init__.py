"""Measures of the extraction against annotated articles. Pure: values in, figures out."""
