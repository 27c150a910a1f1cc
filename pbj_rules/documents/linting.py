"""placeholder"""
def check_templates(directory): return []
