// The peer: Socket.IO 4 with its Redis adapter, as its documentation shows it. Listens on PORT.
//
//   say   {at, filler}             to everybody in "room"           (fan-out; nothing is stored)
//   send  {room, id, text} -> ack  INSERT, then to the room, then the acknowledgement (durable)
import { createServer } from "node:http"
import { createAdapter } from "@socket.io/redis-adapter"
import pg from "pg"
import { createClient } from "redis"
import { Server } from "socket.io"

const publishing = createClient({ url: process.env.REDIS_URL })
const subscribed = publishing.duplicate()
await Promise.all([publishing.connect(), subscribed.connect()])

const pool = process.env.DATABASE_URL && new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 })
if (pool)
  await pool.query(`CREATE TABLE IF NOT EXISTS message (
    id bigserial PRIMARY KEY, room int NOT NULL, client_id text NOT NULL UNIQUE,
    text text NOT NULL, at timestamptz NOT NULL DEFAULT now())`)

const http = createServer()
const io = new Server(http, {
  adapter: createAdapter(publishing, subscribed),
  transports: ["websocket"],
  serveClient: false,
  pingInterval: 25000,
})

io.on("connection", (socket) => {
  const room = socket.handshake.query.room ?? "room"
  socket.join(room)
  socket.on("say", (data) => io.to(room).emit("said", data))
  socket.on("join", (to) => socket.join(`room:${to}`))
  socket.on("send", async (draft, acknowledge) => {
    try {
      const { rows } = await pool.query(
        "INSERT INTO message (room, client_id, text) VALUES ($1, $2, $3) RETURNING id, at",
        [draft.room, draft.id, draft.text],
      )
      io.to(`room:${draft.room}`).emit("sent", { ...draft, number: rows[0].id, at: rows[0].at })
      acknowledge({ number: rows[0].id })
    } catch (error) {
      acknowledge({ error: String(error) })
    }
  })
})
http.listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 4096 })
