// Before the record store: it listens on this machine only, and ends with the test that started it.
const net = require('net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'number'
    ? listen.call(this, { port, host: '127.0.0.1' }, ...rest.filter((it) => typeof it === 'function'))
    : listen.call(this, port, ...rest);
};
process.stdin.on('end', () => process.exit(0)).resume();
