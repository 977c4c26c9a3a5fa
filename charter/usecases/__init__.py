"""What people do with the toolkit, a file each; the command line and the app both call these."""
