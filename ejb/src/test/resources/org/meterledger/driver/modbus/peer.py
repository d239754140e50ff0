"""A Modbus server of pymodbus: peer.py tcp|rtu|ascii PORT, or peer.py rtu|ascii DEVICE."""

import sys

from pymodbus.datastore import (
    ModbusSequentialDataBlock,
    ModbusServerContext,
    ModbusSlaveContext,
)
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import (
    ModbusAsciiFramer,
    ModbusRtuFramer,
    ModbusSocketFramer,
)

framer = {
    "tcp": ModbusSocketFramer,
    "rtu": ModbusRtuFramer,
    "ascii": ModbusAsciiFramer,
}[sys.argv[1]]
registers = ModbusSequentialDataBlock(0, [(each * 40503 + 7) & 0xFFFF for each in range(1000)])
device = ModbusSlaveContext(hr=registers, ir=registers, zero_mode=True)
context = ModbusServerContext(slaves={8: device}, single=False)
if sys.argv[2].startswith("/"):
    StartSerialServer(context=context, framer=framer, port=sys.argv[2], baudrate=115200)
else:
    StartTcpServer(context=context, framer=framer, address=("127.0.0.1", int(sys.argv[2])))
