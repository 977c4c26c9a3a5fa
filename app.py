from charter.studio.app import main

main()
