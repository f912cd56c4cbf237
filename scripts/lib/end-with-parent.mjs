// Preloaded into the server by start.mjs: when that script is killed without a chance to stop us, stop ourselves.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
