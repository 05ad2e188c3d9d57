// SPDX-License-Identifier: GPL-2.0-only
#include "host/cgroup.h"
#include "tap.h"

#define ID \
	"4c01db0b339c0b5a6b0a8b2f0f8f2e4b1c6f2a9d7e3c5b8a1f0e9d8c7b6a5f4e"

#define OUTER \
	"aa01db0b339c0b5a6b0a8b2f0f8f2e4b1c6f2a9d7e3c5b8a1f0e9d8c7b6a5f4e"

static const struct {
	const char *name;
	const char *text;
	const char *label;
} cases[] = {
	{ "version 2", "0::/user.slice/user-0.slice/session-1.scope\n",
	  "/user.slice/user-0.slice/session-1.scope" },
	{ "version 2, the root", "0::/\n", "/" },
	{ "version 2, docker", "0::/system.slice/docker-" ID ".scope\n",
	  "4c01db0b339c" },
	{ "version 2, podman",
	  "0::/machine.slice/libpod-" ID ".scope/container\n", "4c01db0b339c" },
	{ "version 1, docker",
	  "12:pids:/docker/" ID "\n1:name=systemd:/docker/" ID "\n",
	  "4c01db0b339c" },
	{ "a container in one hierarchy only",
	  "3:cpu,cpuacct:/\n2:memory:/kubepods/pod1/" ID "\n0::/y\n",
	  "4c01db0b339c" },
	{ "a container in a container",
	  "0::/docker/" OUTER "/docker/" ID "\n",
	  "4c01db0b339c" },
	{ "version 1 with systemd",
	  "4:memory:/user.slice\n1:name=systemd:/system.slice/ssh.service\n",
	  "/system.slice/ssh.service" },
	{ "version 1 alone", "4:memory:/batch\n3:cpu:/\n", "/batch" },
	{ "both, of which the unified one is empty",
	  "4:memory:/batch\n0::/\n", "/batch" },
	{ "65 digits are no id", "0::/" ID "0\n", "/" ID "0" },
	{ "no newline", "0::/a", "/a" },
	{ "colons in the path", "0::/a:b\n", "/a:b" },
	{ "nothing", "", NULL },
	{ "no cgroup", "0:\n", NULL },
	{ "noise", "\n\n:", NULL },
};

void test_cgroup(void)
{
	char label[HD_CGROUP_LEN], name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(name, sizeof(name), "cgroup: %s", cases[i].name);
		if (!cases[i].label)
			check(!hd_cgroup_label(cases[i].text, label), "%s",
			      name);
		else if (hd_cgroup_label(cases[i].text, label))
			check_string(label, cases[i].label, name);
		else
			check(false, "%s: none", name);
	}
}
