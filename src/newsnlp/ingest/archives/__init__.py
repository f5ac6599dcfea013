"""Files of many articles that are no tables: feeds, exports of archives, formats of agencies; one format a file."""
