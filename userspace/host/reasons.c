// SPDX-License-Identifier: GPL-2.0-only
/*
 * Translate the functions that a task sleeps in to what it waits for.  Specific
 * functions come before general ones: "NFS" says more than "a page".
 */
#include "pure/pure.h"
#include "host/reasons.h"

/**
 * struct reason - the meaning of a function
 * @function: prefix of its name
 * @words: what a task waits for there
 * @outer: prefix of the name of one of its callers; NULL: any
 */
struct reason {
	const char *function;
	const char *words;
	const char *outer;
};

static const struct reason reasons[] = {
	{ "rpc_wait_bit", "an NFS server", NULL },
	{ "nfs_", "an NFS server", NULL },
	{ "nfs3_", "an NFS server", NULL },
	{ "nfs4_", "an NFS server", NULL },
	{ "request_wait_answer", "the daemon of a FUSE mount", NULL },
	{ "fuse_", "the daemon of a FUSE mount", NULL },
	{ "__fuse_", "the daemon of a FUSE mount", NULL },
	{ "cifs_", "an SMB server", NULL },
	{ "smb2_", "an SMB server", NULL },
	{ "compound_send_recv", "an SMB server", NULL },
	{ "ceph_", "a Ceph cluster", NULL },
	{ "p9_client_rpc", "a 9P server", NULL },
	{ "autofs", "the automounter", NULL },

	{ "balance_dirty_pages", "dirty pages to be written (it outruns the disk)", NULL },
	/* the commit thread itself does not wait for a commit */
	{ "jbd2_journal_wait_updates",
	  "tasks to end what they do within the journal's transaction",
	  NULL },
	{ "__bio_queue_enter",
	  "a device that is frozen or gone",
	  "jbd2_journal_commit_transaction" },
	{ "blk_queue_enter", "a device that is frozen or gone", "jbd2_journal_commit_transaction" },
	{ "blk_mq_get_tag", "room in a disk's queue", "jbd2_journal_commit_transaction" },
	{ "__wait_on_buffer",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "wait_on_page_",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "folio_wait_",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "bit_wait_io",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "io_schedule",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "submit_bio_wait",
	  "a disk, to which it commits the journal",
	  "jbd2_journal_commit_transaction" },
	{ "jbd2_journal_commit_transaction",
	  "what it needs to commit the journal: the disk, or tasks within the transaction",
	  NULL },
	{ "jbd2_log_wait_commit", "a journal commit", NULL },
	{ "wait_transaction_locked", "a journal commit", NULL },
	{ "add_transaction_credits", "a journal commit", NULL },
	{ "start_this_handle", "a journal commit", NULL },
	{ "jbd2_", "a journal commit", NULL },
	{ "xlog_", "a journal commit", NULL },
	{ "xfs_log_", "a journal commit", NULL },
	{ "btrfs_commit_transaction", "a journal commit", NULL },
	{ "btrfs_wait_for_commit", "a journal commit", NULL },
	{ "wait_current_trans", "a journal commit", NULL },

	{ "do_swap_page", "a page to come back from swap", NULL },
	{ "swap_read", "a page to come back from swap", NULL },
	{ "throttle_direct_reclaim", "memory to be reclaimed", NULL },
	{ "reclaim_throttle", "memory to be reclaimed", NULL },
	{ "try_to_free_", "memory to be reclaimed", NULL },
	{ "shrink_", "memory to be reclaimed", NULL },
	{ "congestion_wait", "memory to be reclaimed", NULL },
	{ "__alloc_pages_", "memory to be reclaimed", NULL },
	{ "mem_cgroup_oom", "memory of its cgroup, which is full", NULL },
	{ "mem_cgroup_handle_over_high", "memory of its cgroup, which is full", NULL },
	{ "__mem_cgroup_handle_over_high", "memory of its cgroup, which is full", NULL },

	{ "wait_for_vfork_done", "a vfork child to exec or to end", NULL },
	{ "wait_for_completion", "a vfork child to exec or to end", "kernel_clone" },
	{ "wait_for_completion", "a vfork child to exec or to end", "_do_fork" },
	{ "wait_for_completion", "a vfork child to exec or to end", "do_fork" },
	{ "wait_for_completion", "a vfork child to exec or to end", "__do_sys_vfork" },
	{ "kernel_clone", "a vfork child to exec or to end", "__do_sys_vfork" },
	{ "_do_fork", "a vfork child to exec or to end", "__x64_sys_vfork" },
	{ "_do_fork", "a vfork child to exec or to end", "__ia32_sys_vfork" },
	{ "_do_fork", "a vfork child to exec or to end", "sys_vfork" },
	{ "do_fork", "a vfork child to exec or to end", "sys_vfork" },
	{ "coredump_", "a core dump to be written", NULL },
	{ "do_coredump", "a core dump to be written", NULL },
	{ "zap_pid_ns_processes", "the processes of its pid namespace to end", NULL },
	{ "__refrigerator", "the freezer: it is frozen", NULL },
	{ "do_freezer_trap", "the freezer: its cgroup is frozen", NULL },

	{ "folio_wait_writeback", "a page to be written", NULL },
	{ "wait_on_page_writeback", "a page to be written", NULL },
	{ "__filemap_fdatawait", "a page to be written", NULL },
	{ "filemap_fdatawait", "a page to be written", NULL },
	{ "file_write_and_wait", "a page to be written", NULL },
	{ "wb_wait_for_completion", "a file system to be synced", NULL },
	{ "sync_inodes_sb", "a file system to be synced", NULL },

	{ "__bio_queue_enter", "a device that is frozen or gone", NULL },
	{ "blk_queue_enter", "a device that is frozen or gone", NULL },
	{ "blk_mq_freeze_queue", "a device's requests to end", NULL },
	{ "raid", "an MD array", NULL },
	{ "md_", "an MD array", NULL },
	{ "dm_wait_for_", "a device-mapper device to be idle", NULL },
	{ "blk_mq_get_tag", "room in a disk's queue", NULL },
	{ "rq_qos_wait", "room in a disk's queue", NULL },
	{ "wbt_wait", "room in a disk's queue", NULL },
	{ "get_request", "room in a disk's queue", NULL },
	{ "blk_execute_rq", "a disk to answer a command", NULL },
	{ "scsi_execute", "a disk to answer a command", NULL },
	{ "nvme_", "a disk to answer a command", NULL },
	{ "mmc_wait_for_", "a memory card", NULL },
	{ "usb_start_wait_urb", "a USB device", NULL },

	{ "percpu_rwsem_wait", "a change of cgroups", "cgroup_" },
	{ "percpu_rwsem_wait", "a change of cgroups", "copy_process" },
	{ "percpu_rwsem_wait", "a file system that is frozen", NULL },
	{ "__percpu_down_read", "a file system that is frozen", NULL },
	{ "rwsem_down_", "the mmap lock of its process", "do_user_addr_fault" },
	{ "rwsem_down_", "the mmap lock of its process", "__do_page_fault" },
	{ "rwsem_down_", "the mmap lock of its process", "do_page_fault" },
	{ "rwsem_down_", "the mmap lock of its process", "lock_mm_and_find_vma" },
	{ "rwsem_down_", "the mmap lock of its process", "vm_mmap_pgoff" },
	{ "rwsem_down_", "the mmap lock of its process", "__vm_munmap" },
	{ "rwsem_down_", "the mmap lock of its process", "do_mprotect_pkey" },
	{ "rwsem_down_", "the mmap lock of its process", "do_madvise" },
	{ "rwsem_down_", "the mmap lock of its process", "__x64_sys_brk" },
	{ "rwsem_down_", "the mmap lock of its process", "__do_sys_brk" },
	{ "rwsem_down_", "the mmap lock of a process", "proc_pid_" },
	{ "rwsem_down_", "the mmap lock of a process", "__access_remote_vm" },
	{ "rwsem_down_", "the mmap lock of a process", "access_remote_vm" },
	{ "rwsem_down_", "the lock of a file or directory", "ext4_" },
	{ "rwsem_down_", "the lock of a file or directory", "xfs_" },
	{ "rwsem_down_", "the lock of a file or directory", "btrfs_" },
	{ "rwsem_down_", "the lock of a file or directory", "generic_file_write_iter" },
	{ "rwsem_down_", "the lock of a file or directory", "iterate_dir" },
	{ "rwsem_down_", "the lock of a file or directory", "path_openat" },
	{ "rwsem_down_", "the lock of a file or directory", "do_unlinkat" },
	{ "rwsem_down_", "the lock of a file or directory", "walk_component" },
	{ "rwsem_down_", "the lock of a file or directory", "filename_create" },
	{ "rwsem_down_", "a read-write lock in the kernel", NULL },
	{ "rwbase_", "a read-write lock in the kernel", NULL },
	{ "__rwbase_", "a read-write lock in the kernel", NULL },
	{ "down_read", "a read-write lock in the kernel", NULL },
	{ "down_write", "a read-write lock in the kernel", NULL },
	{ "__down_read", "a read-write lock in the kernel", NULL },
	{ "__down_write", "a read-write lock in the kernel", NULL },
	{ "call_rwsem_down_", "a read-write lock in the kernel", NULL },
	{ "mutex_lock", "a mutex in the kernel", NULL },
	{ "__mutex_lock", "a mutex in the kernel", NULL },
	{ "rt_mutex_", "a mutex in the kernel", NULL },
	{ "__rt_mutex_", "a mutex in the kernel", NULL },
	{ "__ww_mutex_lock", "a mutex in the kernel", NULL },
	{ "rtlock_", "a lock in the kernel", NULL },
	{ "__down", "a semaphore in the kernel", NULL },

	{ "locks_lock_inode_wait", "a file lock", NULL },
	{ "flock_lock_inode_wait", "a file lock", NULL },
	{ "flock_lock_file_wait", "a file lock", NULL },
	{ "posix_lock_", "a file lock", NULL },
	{ "do_lock_file_wait", "a file lock", NULL },
	{ "fcntl_setlk", "a file lock", NULL },
	{ "__do_sys_flock", "a file lock", NULL },
	{ "futex_", "a lock or condition of the program (futex)", NULL },
	{ "__futex_", "a lock or condition of the program (futex)", NULL },
	{ "do_futex", "a lock or condition of the program (futex)", NULL },
	{ "pipe_write", "room in a pipe", NULL },
	{ "pipe_wait_writable", "room in a pipe", NULL },
	{ "pipe_read", "data in a pipe", NULL },
	{ "anon_pipe_write", "room in a pipe", NULL },
	{ "anon_pipe_read", "data in a pipe", NULL },
	{ "pipe_wait", "the other end of a pipe", NULL },
	{ "wait_for_partner", "somebody to open the other end of a FIFO", NULL },
	{ "fifo_open", "somebody to open the other end of a FIFO", NULL },
	{ "inet_csk_accept", "a connection to accept", NULL },
	{ "unix_accept", "a connection to accept", NULL },
	{ "unix_stream_connect", "a Unix socket's server to accept", NULL },
	{ "unix_wait_for_peer", "room in a Unix socket", NULL },
	{ "unix_", "data on a Unix socket", NULL },
	{ "sock_alloc_send_pskb", "room in a socket's send buffer", NULL },
	{ "sk_stream_wait_memory", "room in a socket's send buffer", NULL },
	{ "sk_stream_wait_connect", "a connection to be made", NULL },
	{ "inet_wait_for_connect", "a connection to be made", NULL },
	{ "__inet_stream_connect", "a connection to be made", NULL },
	{ "sk_wait_data", "data from the network", NULL },
	{ "tcp_recvmsg", "data from the network", NULL },
	{ "__skb_wait_for_more_packets", "data on a socket", NULL },
	{ "n_tty_read", "input from a terminal", NULL },
	{ "n_tty_write", "a terminal to take output", NULL },
	{ "ep_poll", "events (epoll)", NULL },
	{ "do_epoll_wait", "events (epoll)", NULL },
	{ "poll_schedule_timeout", "events (poll)", NULL },
	{ "do_poll", "events (poll)", NULL },
	{ "do_select", "events (select)", NULL },
	{ "do_sys_poll", "events (poll)", NULL },
	{ "io_cqring_wait", "io_uring", NULL },
	{ "do_nanosleep", "a timer", NULL },
	{ "hrtimer_nanosleep", "a timer", NULL },
	{ "do_wait", "a child to end", NULL },
	{ "do_sigtimedwait", "a signal", NULL },
	{ "sigsuspend", "a signal", NULL },
	{ "do_msgrcv", "a System V message", NULL },
	{ "do_semtimedop", "a System V semaphore", NULL },
	{ "__do_semtimedop", "a System V semaphore", NULL },
	{ "ptrace_stop", "its tracer", NULL },

	{ "__folio_lock", "a page that is being read or locked", NULL },
	{ "__lock_page", "a page that is being read or locked", NULL },
	{ "synchronize_", "an RCU grace period", NULL },
	{ "__wait_rcu_gp", "an RCU grace period", NULL },
	{ "rcu_barrier", "an RCU grace period", NULL },
	{ "io_schedule", "a disk", NULL },
	{ "blk_io_schedule", "a disk", NULL },
	{ "folio_wait_bit", "a disk", NULL },
	{ "wait_on_page_bit", "a disk", NULL },
	{ "__wait_on_buffer", "a disk", NULL },
	{ "bit_wait_io", "a disk", NULL },
	{ "submit_bio_wait", "a disk", NULL },
	{ "bio_await", "a disk", NULL },
	{ "__flush_work", "a kernel worker", NULL },
	{ "flush_work", "a kernel worker", NULL },
	{ "msleep", "a driver that sleeps", NULL },
	{ "usleep_range", "a driver that sleeps", NULL },
	{ "wait_for_completion", "another part of the kernel", NULL },
};

static bool has_prefix(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

static const char *find_function(const char *place, const char *prefix)
{
	while (place && !has_prefix(place, prefix)) {
		place = strchr(place, '<');
		if (place)
			place++;
	}
	return place;
}

/**
 * hd_reason() - tell what a task at a place waits for
 * @place: kernel functions, innermost first, joined by '<'
 *
 * Return: words that follow "waits for"; NULL if it is not known.
 */
const char *hd_reason(const char *place)
{
	const struct reason *reason;
	const char *at;

	for (reason = reasons; reason < reasons + ARRAY_SIZE(reasons);
	     reason++) {
		at = find_function(place, reason->function);
		if (at && (!reason->outer || find_function(at, reason->outer)))
			return reason->words;
	}
	return NULL;
}
