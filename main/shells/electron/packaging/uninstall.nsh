; At every start the program tells Windows that it opens lanyard:// links (links.ts). That goes with it.
!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\lanyard"
!macroend
