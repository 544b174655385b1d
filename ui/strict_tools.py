"""A server of tools that takes no argument it does not know, and says in one line what is wrong with a call."""

from __future__ import annotations

from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import Tool
from pydantic import ValidationError


class StrictServer(MCPServer):
    """Refuses what its base passes over: an agent that writes "untill" would take answers from any day for those asked.

    The schemas say so too, for clients that hold their calls to them.
    """

    async def list_tools(self) -> list[Tool]:
        """Return the tools, their arguments said to be all."""
        tools = await super().list_tools()
        return [
            one.model_copy(update={"input_schema": {**one.input_schema, "additionalProperties": False}})
            for one in tools
        ]

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Call a tool. Raises ToolError where an argument is unknown, missing or of another kind."""
        takes = {one.name: list(one.input_schema["properties"]) for one in await super().list_tools()}
        if name not in takes:
            raise ToolError(f"There is no tool {name[:100]!r}. There are: {', '.join(takes)}.")
        if unknown := [argument for argument in arguments if argument not in takes[name]]:
            named = ", ".join(repr(one[:100]) for one in unknown[:5])
            raise ToolError(f"{name} takes no argument {named}. It takes: {', '.join(takes[name])}.")
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_wrong_in(error.__cause__)) from error.__cause__
            raise


def _wrong_in(error: ValidationError) -> str:
    """Return where arguments differ from what is taken, without the text that was sent."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
