"""One class a file format of tables."""
