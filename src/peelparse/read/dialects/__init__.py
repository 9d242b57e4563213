"""How text copies are laid out: one file for each family of tools, pure steps."""
