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
struct btdev_conn;
static const uint8_t *air_class(struct btdev *dev);
static const uint8_t *air_eir(struct btdev *dev);
static const uint8_t *air_name(struct btdev *dev);
static int8_t air_rssi(struct btdev *dev);
static bool air_scans(struct btdev *dev, uint8_t which);
static void air_encrypted(struct btdev_conn *conn, uint8_t mode);

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
#define ALREADY_CONNECTED 0x0b
#define UNASKED_MS 100

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

/* A link by its handle, if its controller is still there and has it. */
static struct btdev_conn *conn_of(struct btdev *dev, uint16_t handle)
{
	int i;

	for (i = 0; i < MAX_BTDEV_ENTRIES; i++)
		if (btdev_list[i] && btdev_list[i] == dev)
			return queue_find(dev->conns, match_handle, UINT_TO_PTR(handle));
	return NULL;
}

/* Whether a link leads to somebody who is gone, which its host has not noticed. */
static bool dangles(struct btdev_conn *conn)
{
	return conn->link && !conn->link->dev->send_handler;
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
	struct btdev_conn *conn = conn_of(end->dev, end->handle);

	/* Only a link that leads nowhere: its handle may have been given to another since. */
	if (conn && dangles(conn)) {
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

/* A controller has one link to an address: it takes no other before its host has missed the first. */
static bool is_linked(struct btdev *dev, const uint8_t *bdaddr)
{
	const struct queue_entry *entry;

	for (entry = queue_get_entries(dev->conns); entry; entry = entry->next) {
		struct btdev_conn *conn = entry->data;

		if (dangles(conn) && !memcmp(conn->link->dev->bdaddr, bdaddr, 6))
			return true;
	}
	return false;
}

/* A page to somebody who doesn't answer lasts. */
static bool on_create_conn(const void *data, uint16_t len, void *user_data)
{
	const struct bt_hci_cmd_create_conn *cmd = data;
	struct btdev *dev = user_data, *remote = find_btdev_by_bdaddr(cmd->bdaddr);
	struct paging *page;

	if (remote && air_scans(remote, 2) && !is_linked(remote, dev->bdaddr))
		return true;
	cmd_status(dev, BT_HCI_ERR_SUCCESS, BT_HCI_CMD_CREATE_CONN);
	if (remote && air_scans(remote, 2)) {
		conn_complete(dev, cmd->bdaddr, ALREADY_CONNECTED);
		return false;
	}
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

/*
 * The side that is called hears first that the link is encrypted, and has asked for the size of the
 * key before the caller hears it: on a real air the caller's next packet takes its time. With none,
 * it came before the kernel of the called knew that size, and was refused ("security block").
 */
struct encryption {
	struct btdev *dev;
	uint16_t handle;
	uint8_t mode;
	unsigned int id;
	struct encryption *next;
};
static struct encryption *untold;

static void encryption_forget(void *data)
{
	struct encryption **at, *told = data;

	for (at = &untold; *at; at = &(*at)->next)
		if (*at == told) {
			*at = told->next;
			break;
		}
	free(told);
}

static bool encryption_tell(void *data)
{
	struct encryption *told = data;
	struct btdev_conn *conn = conn_of(told->dev, told->handle);

	if (conn)
		encrypt_change(conn, told->mode, BT_HCI_ERR_SUCCESS);
	return false;
}

static void air_encrypted(struct btdev_conn *conn, uint8_t mode)
{
	struct encryption *fresh = new0(struct encryption, 1);

	fresh->dev = conn->dev;
	fresh->handle = conn->handle;
	fresh->mode = mode;
	fresh->next = untold;
	untold = fresh;
	fresh->id = timeout_add(UNASKED_MS, encryption_tell, fresh, encryption_forget);
}

/* The size of a link's key was answered: its other side may hear that the link is encrypted. */
static bool on_key_size_told(const void *data, uint16_t len, void *user_data)
{
	const struct bt_hci_rsp_read_encrypt_key_size *rsp = data;
	struct btdev_conn *conn = conn_of(user_data, le16_to_cpu(rsp->handle));
	struct encryption *told;

	for (told = untold; conn && told; told = told->next)
		if (conn->link && conn->link == conn_of(told->dev, told->handle)) {
			encryption_tell(told);
			timeout_remove(told->id);
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
	btdev_add_hook(dev, BTDEV_HOOK_POST_CMD, BT_HCI_CMD_READ_ENCRYPT_KEY_SIZE,
						on_key_size_told, dev);
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
