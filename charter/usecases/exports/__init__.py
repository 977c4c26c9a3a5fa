"""Files that a workspace is exported to, a file each; `charter.usecases.exporting` calls them."""
