"""Speaks to a server with the client of the Python package `mcp`, and prints what it got as JSON.

Usage: mcp_client.py MODE COMMAND [ARGUMENT ...]; MODE is `legacy` or `modern`.
"""

import asyncio
import json
import sys

from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client


async def main(mode: str, command: str, arguments: list[str]) -> None:
    parameters = StdioServerParameters(command=command, args=arguments)
    progress: list[float] = []

    async def on_progress(done: float, _total: float | None, _message: str | None) -> None:
        progress.append(done)

    async with stdio_client(parameters) as (reading, writing):
        async with ClientSession(reading, writing) as session:
            begun = await (session.discover() if mode == "modern" else session.initialize())
            tools = await session.list_tools()
            whoami = await session.call_tool("whoami", {})
            check = await session.call_tool("check", {"paths": ["web/x.ts"]})
            await session.call_tool("overlap", {}, progress_callback=on_progress)
            strange = None
            try:
                await session.call_tool("rm", {})
            except Exception as error:  # Whatever this version raises for an error of the protocol.
                strange = type(error).__name__
            dump = lambda value: value.model_dump(mode="json", by_alias=True)
            print(
                json.dumps(
                    {
                        "begun": dump(begun),
                        "tools": [tool.name for tool in tools.tools],
                        "whoami": dump(whoami),
                        "check": dump(check),
                        "progress": progress,
                        "strange": strange,
                    }
                )
            )


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
