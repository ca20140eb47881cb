# fish completion of portalctl; it asks the program itself. Install it as
# ~/.config/fish/completions/portalctl.fish
complete -c portalctl -f -a '(portalctl __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
