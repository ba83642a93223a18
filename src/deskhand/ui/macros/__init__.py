"""Macros in the window.

presenter     runs them, records them, opens what edits them
macros_sheet  the list of them: add, edit, remove, order, take along
macro_form    one of them; step_row: one of its steps
macro_popup   which one to run
"""
