/*
 * The air of the rig: virtual Bluetooth controllers that hear each other, on the emulated controller
 * of BlueZ's sources (emulator/btdev.c, as setup.sh mends it). Commands come on standard input, one
 * answer a command goes to standard output: "ok ..." or "error ...". Controllers are named by a
 * number K, which is in their address: 00:AA:01:KK:00:KK.
 *
 *   plug K                  a controller appears; "ok hciN"
 *   unplug K MS             it is pulled out; who was linked to it notices after MS
 *   reset K                 it reports a hardware error, upon which the kernel resets it
 *   phone K visible|hidden reach|deaf
 *                           whether it answers inquiries and pages, whatever its host has set.
 *                           "deaf" is out of range: its links hang until they are cut
 *   cut K MS REASON         its links end for both sides after MS, with an HCI reason
 *   links K                 "ok N": how many links it has
 *   describe K CLASS RSSI EIR NAME
 *                           what inquiries say of it, in hexadecimal (RSSI in dBm; "-" for no EIR),
 *                           and what it answers when asked for its name
 *   pages MS                how long a page to nobody lasts; 0: what the host has set (5.12 s)
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>

struct btdev;
static const uint8_t *air_class(struct btdev *dev);
static const uint8_t *air_eir(struct btdev *dev);
static const uint8_t *air_name(struct btdev *dev);
static int8_t air_rssi(struct btdev *dev);
static bool air_scans(struct btdev *dev, uint8_t which);

#include "emulator/btdev.c"
#include "src/shared/mainloop.h"

struct vhci;
struct vhci *vhci_open(uint8_t type);
void vhci_close(struct vhci *vhci);
struct btdev *vhci_get_btdev(struct vhci *vhci);
int vhci_set_emu_opcode(struct vhci *vhci, uint16_t opcode);
int vhci_set_msft_opcode(struct vhci *vhci, uint16_t opcode);
unsigned int vhci_index(struct vhci *vhci); /* setup.sh adds this one */

#define UNITS 256
#define REASON_TIMEOUT 0x08
#define SUPERVISION_MS 20000 /* Core, 6.21: the default link supervision timeout */

static struct unit {
	struct vhci *vhci;
	bool phone, visible, reach, described;
	uint8_t class[3], eir[240], name[248];
	int8_t rssi;
	struct btdev *ghost; /* what is left of it for those who have not noticed */
} units[UNITS];

static unsigned int page_ms;

static struct unit *unit_of(struct btdev *dev)
{
	return &units[dev->bdaddr[0]];
}

static const uint8_t *air_class(struct btdev *dev)
{
	return unit_of(dev)->described ? unit_of(dev)->class : dev->dev_class;
}

static const uint8_t *air_eir(struct btdev *dev)
{
	return unit_of(dev)->described ? unit_of(dev)->eir : dev->ext_inquiry_rsp;
}

static const uint8_t *air_name(struct btdev *dev)
{
	return unit_of(dev)->described ? unit_of(dev)->name : dev->name;
}

static int8_t air_rssi(struct btdev *dev)
{
	return unit_of(dev)->described ? unit_of(dev)->rssi : -60;
}

/* Whether a controller answers inquiries (1) or pages (2). */
static bool air_scans(struct btdev *dev, uint8_t which)
{
	struct unit *u = unit_of(dev);

	if (!u->phone)
		return dev->scan_enable & which;
	return u->reach && (which == 2 || u->visible);
}

/* --- links that end -------------------------------------------------------------------------- */

struct ending {
	struct btdev *dev;
	uint16_t handle;
	uint8_t reason;
};

static bool end_link(void *data)
{
	struct ending *end = data;
	struct btdev_conn *conn = NULL;
	int i;

	for (i = 0; i < MAX_BTDEV_ENTRIES; i++)
		if (btdev_list[i] && btdev_list[i] == end->dev)
			conn = queue_find(end->dev->conns, match_handle,
						UINT_TO_PTR(end->handle));
	/* Only a link that leads nowhere: its handle may have been given to another since. */
	if (conn && conn->link && !conn->link->dev->send_handler) {
		disconnect_complete(end->dev, end->handle, BT_HCI_ERR_SUCCESS, end->reason);
		conn_remove(conn);
	}
	return false;
}

/* A link leads nowhere from now on: what is sent over it is lost. Its host is told after a while. */
static void dangle(struct btdev_conn *conn, const uint8_t *bdaddr, unsigned int ms, uint8_t reason)
{
	struct btdev **ghost = &units[bdaddr[0]].ghost;
	struct ending *end = new0(struct ending, 1);

	if (!*ghost) {
		*ghost = new0(struct btdev, 1); /* without a send_handler */
		memcpy((*ghost)->bdaddr, bdaddr, 6);
		(*ghost)->conns = queue_new();
	}
	conn->link = conn_new(*ghost, conn->handle, conn->type);
	conn->link->link = conn;
	end->dev = conn->dev;
	end->handle = conn->handle;
	end->reason = reason;
	timeout_add(ms ? ms : 1, end_link, end, free);
}

/* All links of a controller lead nowhere, for the others and, unless it is gone, for itself. */
static void cut(struct btdev *dev, bool gone, unsigned int ms, uint8_t reason)
{
	const struct queue_entry *entry, *next;

	for (entry = queue_get_entries(dev->conns); entry; entry = next) {
		struct btdev_conn *conn = entry->data, *peer = conn->link;

		next = entry->next;
		if (peer && peer->dev->send_handler) {
			conn_unlink(conn, peer);
			dangle(peer, dev->bdaddr, ms, reason);
			if (!gone)
				dangle(conn, peer->dev->bdaddr, ms, reason);
		}
		if (gone)
			conn_remove(conn);
	}
}

/* --- what a real controller does and btdev doesn't -------------------------------------------- */

struct paging {
	struct btdev *dev;
	uint8_t bdaddr[6];
	unsigned int id;
	struct paging *next;
};
static struct paging *pages;

static void page_forget(void *data)
{
	struct paging **at, *page = data;

	for (at = &pages; *at; at = &(*at)->next)
		if (*at == page) {
			*at = page->next;
			break;
		}
	free(page);
}

static bool page_timeout(void *data)
{
	struct paging *page = data;

	conn_complete(page->dev, page->bdaddr, BT_HCI_ERR_PAGE_TIMEOUT);
	return false;
}

/* A page to somebody who doesn't answer lasts. */
static bool on_create_conn(const void *data, uint16_t len, void *user_data)
{
	const struct bt_hci_cmd_create_conn *cmd = data;
	struct btdev *dev = user_data, *remote = find_btdev_by_bdaddr(cmd->bdaddr);
	struct paging *page;

	if (remote && air_scans(remote, 2))
		return true;
	cmd_status(dev, BT_HCI_ERR_SUCCESS, BT_HCI_CMD_CREATE_CONN);
	page = new0(struct paging, 1);
	page->dev = dev;
	memcpy(page->bdaddr, cmd->bdaddr, 6);
	page->next = pages;
	pages = page;
	page->id = timeout_add(page_ms ? page_ms : dev->page_timeout * 5 / 8 + 1,
						page_timeout, page, page_forget);
	return false;
}

static bool on_create_conn_cancel(const void *data, uint16_t len, void *user_data)
{
	const struct bt_hci_cmd_create_conn_cancel *cmd = data;
	struct paging *page;

	for (page = pages; page; page = page->next)
		if (page->dev == user_data && !memcmp(page->bdaddr, cmd->bdaddr, 6)) {
			timeout_remove(page->id);
			break;
		}
	return true;
}

static void quiet(struct btdev *dev)
{
	struct paging *page, *next;

	for (page = pages; page; page = next) {
		next = page->next;
		if (page->dev == dev)
			timeout_remove(page->id);
	}
	if (dev->inquiry_id > 0) {
		timeout_remove(dev->inquiry_id);
		dev->inquiry_id = 0;
	}
}

/* Phones out there don't hear that a controller was reset: they miss it. */
static bool on_reset(const void *data, uint16_t len, void *user_data)
{
	quiet(user_data);
	cut(user_data, true, SUPERVISION_MS, REASON_TIMEOUT);
	return true;
}

/* --- commands -------------------------------------------------------------------------------- */

static void answer(const char *what)
{
	puts(what);
	fflush(stdout);
}

static void plug(unsigned int k)
{
	struct unit *u = &units[k];
	const uint8_t bdaddr[6] = { k, 0, k, 0x01, 0xaa, 0x00 };
	struct btdev *dev;
	char said[32];

	u->vhci = vhci_open(BTDEV_TYPE_BREDRLE52);
	if (!u->vhci) {
		answer("error no /dev/vhci");
		return;
	}
	dev = vhci_get_btdev(u->vhci);
	btdev_set_bdaddr(dev, bdaddr);
	dev->page_timeout = 0x2000;
	btdev_add_hook(dev, BTDEV_HOOK_PRE_CMD, BT_HCI_CMD_CREATE_CONN, on_create_conn, dev);
	btdev_add_hook(dev, BTDEV_HOOK_PRE_CMD, BT_HCI_CMD_CREATE_CONN_CANCEL,
						on_create_conn_cancel, dev);
	btdev_add_hook(dev, BTDEV_HOOK_PRE_CMD, BT_HCI_CMD_RESET, on_reset, dev);
	vhci_set_emu_opcode(u->vhci, 0xfc10);
	vhci_set_msft_opcode(u->vhci, 0xfc1e);
	snprintf(said, sizeof(said), "ok hci%u", vhci_index(u->vhci));
	answer(said);
}

static void unhex(const char *from, uint8_t *to, size_t room)
{
	unsigned int byte;

	memset(to, 0, room);
	while (room-- && sscanf(from, "%2x", &byte) == 1) {
		*to++ = byte;
		from += 2;
	}
}

static void command(char *line)
{
	char verb[16] = "", a[16] = "", b[16] = "", eir[512] = "", name[512] = "";
	unsigned int k = 0, x = 0, y = 0;
	int rssi = 0, n = sscanf(line, "%15s %u", verb, &k);
	struct unit *u = &units[k % UNITS];
	struct btdev *dev = u->vhci ? vhci_get_btdev(u->vhci) : NULL;

	if (n == 2 && !strcmp(verb, "pages")) {
		page_ms = k;
		answer("ok");
	} else if (n != 2 || k >= UNITS) {
		answer("error which controller?");
	} else if (!strcmp(verb, "plug")) {
		if (dev)
			answer("error it is there already");
		else
			plug(k);
	} else if (sscanf(line, "phone %*u %15s %15s", a, b) == 2) {
		u->phone = true;
		u->visible = !strcmp(a, "visible");
		u->reach = !strcmp(b, "reach");
		answer("ok");
	} else if (sscanf(line, "describe %*u %x %d %511s %511s", &x, &rssi, eir, name) == 4) {
		u->described = true;
		u->class[0] = x;
		u->class[1] = x >> 8;
		u->class[2] = x >> 16;
		u->rssi = rssi;
		unhex(eir, u->eir, sizeof(u->eir));
		unhex(name, u->name, sizeof(u->name));
		answer("ok");
	} else if (!dev) {
		answer("error it is not there");
	} else if (sscanf(line, "unplug %*u %u", &x) == 1) {
		quiet(dev);
		cut(dev, true, x, REASON_TIMEOUT);
		vhci_close(u->vhci);
		u->vhci = NULL;
		answer("ok");
	} else if (!strcmp(verb, "reset")) {
		uint8_t code = 0x01;

		send_event(dev, BT_HCI_EVT_HARDWARE_ERROR, &code, 1);
		answer("ok");
	} else if (sscanf(line, "cut %*u %u %x", &x, &y) == 2) {
		cut(dev, false, x, y);
		answer("ok");
	} else if (!strcmp(verb, "links")) {
		char said[32];

		snprintf(said, sizeof(said), "ok %u", queue_length(dev->conns));
		answer(said);
	} else {
		answer("error what?");
	}
}

static void on_input(int fd, uint32_t events, void *user_data)
{
	static char line[2048];
	static size_t used;
	ssize_t got = read(fd, line + used, sizeof(line) - used - 1);
	char *end;

	if (got <= 0) {
		mainloop_quit();
		return;
	}
	used += got;
	line[used] = 0;
	while ((end = strchr(line, '\n'))) {
		*end = 0;
		command(line);
		used -= end + 1 - line;
		memmove(line, end + 1, used + 1);
	}
}

int main(void)
{
	mainloop_init();
	mainloop_add_fd(STDIN_FILENO, EPOLLIN, on_input, NULL, NULL);
	return mainloop_run();
}
