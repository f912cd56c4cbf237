/**
 * The configuration of a Janus that carries Zagon's calls, as its files: name → text. `scripts/janus-config.mjs` writes it for a
 * machine, the tests for a Janus of their own.
 * @param {{
 *   folder: string, secret: string, controlIp: string, controlPort: number, mediaIp: string, publicIp?: string, browserIp?: string,
 *   rtcPorts: [number, number], rtpPorts: [number, number], answerSeconds?: number, certificates?: string,
 * }} wish `folder` is where the files will lie; `controlIp` is where Zagon speaks with Janus, `mediaIp` the address towards the
 * trunk, `publicIp` the one that
 * the trunk and browsers see when there is NAT between, `browserIp` the only address that browsers shall try; `rtcPorts` are of browsers, `rtpPorts` of the trunk;
 * a trunk that is silent for `answerSeconds` is given up for the next; `certificates` is a folder with `agent.pem` (our key and certificate) and
 * `cafile.pem` (whom we trust), without which no trunk is reached by TLS
 * @returns {Record<string, string>}
 */
export function janusConfig(wish) {
  const { folder, secret, controlIp, controlPort, mediaIp, publicIp, browserIp, rtcPorts, rtpPorts, answerSeconds = 8 } = wish;
  const tls = wish.certificates ? `\n  sips_certs_dir = "${wish.certificates}"` : '';
  const nat = publicIp ? `\n  sdp_ip = "${publicIp}"` : '';
  const mapping = publicIp ? `\n  nat_1_1_mapping = "${publicIp}"\n  keep_private_host = true` : '';
  const only = browserIp ? `\n  ice_enforce_list = "${browserIp}"` : '';
  return {
    'janus.jcfg': `general: {
  configs_folder = "${folder}"
  # Only Zagon may ask anything of this Janus: the same word stands in SIP_JANUS_SECRET.
  api_secret = "${secret}"
  # A Zagon that restarts claims its calls again within this time; without it they would end with the connection.
  session_timeout = 60
  reclaim_session_timeout = 60
  debug_level = 3
  debug_timestamps = true
}
media: {
  rtp_port_range = "${rtcPorts.join('-')}"
}
nat: {${mapping}${only}
  full_trickle = false
  ice_lite = false
}
plugins: {
  # Only the SIP side and the bridge are used.
  disable = "libjanus_duktape.so,libjanus_lua.so,libjanus_echotest.so,libjanus_recordplay.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_videoroom.so,libjanus_voicemail.so,libjanus_streaming.so,libjanus_nosip.so"
}
transports: {
  disable = "libjanus_http.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so"
}
loggers: {
  disable = "libjanus_jsonlog.so"
}
events: {
  broadcast = false
}
`,
    'janus.plugin.sip.jcfg': `general: {
  local_ip = "${mediaIp}"
  local_media_ip = "${mediaIp}"${nat}${tls}
  user_agent = "Zagon"
  rtp_port_range = "${rtpPorts.join('-')}"
  keepalive_interval = ${publicIp ? 30 : 0}
  behind_nat = ${publicIp ? 'true' : 'false'}
  # Milliseconds until a silent trunk counts as out of reach (408).
  sip_timer_t1x64 = ${answerSeconds * 1000}
}
`,
    'janus.plugin.audiobridge.jcfg': `general: {
  # Where Zagon speaks into rooms by itself.
  local_ip = "${controlIp}"
  rtp_port_range = "${rtpPorts.join('-')}"
  # Rooms are called rep-7 and call-912.
  string_ids = true
}
`,
    'janus.transport.websockets.jcfg': `general: {
  json = "compact"
  ws = true
  ws_ip = "${controlIp}"
  ws_port = ${controlPort}
  wss = false
}
admin: {
  admin_ws = false
}
`,
  };
}
