"""Making the demo world: the stories of server/demo/stories, played through the services."""
