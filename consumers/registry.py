"""Every channel and command. A new live noun is one file beside this one and one line here."""

from consumers import catalogue, chat, feed, gatherings, groups, people, polls
from consumers.channel import Channel, Command

CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for noun in (people, catalogue, chat, groups, gatherings, feed, polls)
    for channel in noun.channels
}
COMMANDS: dict[str, Command] = {
    command.op: command for channel in CHANNELS.values() for command in channel.commands
}
