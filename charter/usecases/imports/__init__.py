"""Files that a workspace is filled from, a file each; `charter.usecases.importing` calls them."""
