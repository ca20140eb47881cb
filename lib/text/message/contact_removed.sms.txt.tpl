{{#clinic}}{{clinic}}: {{/clinic}}_("We have removed this mobile number from a profile, because nobody had checked it. Do you visit us? Log in and write it there, or call us.")
