"""How bytes come on disk, all or none of them, and how they are taken back."""
