"""The agent's own views in the window.

own_views_part  their lines in the left pane; row_drag: lines that are put into another order by the mouse
view_sheet      the form of a view; typed_views: what is typed into it and not saved
changed_line    what is said above the list while a view was narrowed, and what can be done about it
exchange        views to a file and from one, with a report; export_sheet: what goes along with them
counts          what stands beside and below the names of the views
presenter       shows, makes, changes and removes them
"""
