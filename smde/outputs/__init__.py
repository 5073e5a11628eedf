"""What readers receive: one file per format, each made from neutral documents or from an edition."""
