// The chat of many write-ups, over gorilla/websocket: a hub in a goroutine, a channel of 256 for each
// member, and a write pump that puts what has queued into one message, a line each. Who comes is told
// who is here, and with -notices the others are told who came.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/gorilla/websocket"
)

const (
	writeWait      = 10 * time.Second
	pongWait       = 60 * time.Second
	pingPeriod     = pongWait * 9 / 10
	maxMessageSize = 64 * 1024
	queueLength    = 256
)

type member struct {
	hub  *hub
	conn *websocket.Conn
	name string
	send chan []byte
}

type hub struct {
	members    map[*member]bool
	broadcast  chan []byte
	register   chan *member
	unregister chan *member
	notices    bool
}

func (h *hub) run() {
	for {
		select {
		case m := <-h.register:
			h.members[m] = true
			if h.notices {
				h.announce(m)
			}
		case m := <-h.unregister:
			h.drop(m)
		case text := <-h.broadcast:
			h.tell(text, nil)
		}
	}
}

func (h *hub) announce(m *member) {
	roster := make([]string, 0, len(h.members))
	for each := range h.members {
		roster = append(roster, each.name)
	}
	welcome, _ := json.Marshal(map[string]interface{}{"type": "welcome", "roster": roster})
	joined, _ := json.Marshal(map[string]string{"type": "joined", "name": m.name})
	m.send <- welcome
	h.tell(joined, m)
}

// A member whose queue is full is dropped rather than waited for.
func (h *hub) tell(text []byte, except *member) {
	for m := range h.members {
		if m == except {
			continue
		}
		select {
		case m.send <- text:
		default:
			h.drop(m)
		}
	}
}

func (h *hub) drop(m *member) {
	if h.members[m] {
		delete(h.members, m)
		close(m.send)
	}
}

func (m *member) readPump() {
	defer func() {
		m.hub.unregister <- m
		m.conn.Close()
	}()
	m.conn.SetReadLimit(maxMessageSize)
	m.conn.SetReadDeadline(time.Now().Add(pongWait))
	m.conn.SetPongHandler(func(string) error { return m.conn.SetReadDeadline(time.Now().Add(pongWait)) })
	for {
		_, text, err := m.conn.ReadMessage()
		if err != nil {
			return
		}
		m.hub.broadcast <- text
	}
}

func (m *member) writePump() {
	ticker := time.NewTicker(pingPeriod)
	defer func() {
		ticker.Stop()
		m.conn.Close()
	}()
	for {
		select {
		case text, ok := <-m.send:
			m.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if !ok {
				m.conn.WriteMessage(websocket.CloseMessage, nil)
				return
			}
			w, err := m.conn.NextWriter(websocket.TextMessage)
			if err != nil {
				return
			}
			w.Write(text)
			for n := len(m.send); n > 0; n-- {
				w.Write([]byte{'\n'})
				w.Write(<-m.send)
			}
			if w.Close() != nil {
				return
			}
		case <-ticker.C:
			m.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if m.conn.WriteMessage(websocket.PingMessage, nil) != nil {
				return
			}
		}
	}
}

func main() {
	notices := flag.Bool("notices", false, "tell everybody who joins")
	flag.Parse()
	h := &hub{
		members:    make(map[*member]bool),
		broadcast:  make(chan []byte),
		register:   make(chan *member),
		unregister: make(chan *member),
		notices:    *notices,
	}
	go h.run()
	upgrader := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}
	handler := func(w http.ResponseWriter, r *http.Request) {
		conn, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		m := &member{hub: h, conn: conn, name: r.URL.Query().Get("name"), send: make(chan []byte, queueLength)}
		h.register <- m
		go m.writePump()
		go m.readPump()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("{\"ready\":true,\"port\":%d}\n", listener.Addr().(*net.TCPAddr).Port)
	http.Serve(listener, http.HandlerFunc(handler))
}
