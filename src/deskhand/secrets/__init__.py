"""Where credentials live: the operating system's keyring, a file behind a passphrase, or memory for this session.

Three vaults with one interface (`domain.ports.Vault`). Which one is used is the agent's choice, made once and remembered by the
composition root; no vault ever falls back to another by itself, and none writes plain text. `passphrase_file` reads a passphrase where
nobody types.

A keyring can hang for as long as an unlock prompt stays open, and a hung call in an ordinary thread pool keeps the process alive
after its window closed (8.3 s against 0.8 s, platform reference 5). So every call goes through `worker.Worker`: one daemon
thread per vault and a limit on how long is waited for it. `backends` names the keyring classes that may be used, so that neither
the environment nor a configuration file can slip in one that forgets or writes plain text. `secret_service` reads what lies open in a
Secret Service without that library, which takes long to import.
"""
