"""Several tickets at once: what is selected stands where the conversation was, with what can be done to it below.

bulk_panel    what is selected, by vendor, and what each vendor can; selected_part: one vendor of it
bulk_bar      a button for each action with its reach; bulk_button: one of them
presenter     keeps both true
plan_sheet    the question before what cannot be undone, or is done to many
tags_picker   which tag to add or to remove
reply_all_sheet  one reply per ticket, looked through before; reply_all_presenter: has them sent
results_sheet what became of each ticket; results_presenter: when it is shown
"""
