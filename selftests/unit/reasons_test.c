// SPDX-License-Identifier: GPL-2.0-only
/* Reasons of well-known places; the chains are those of real kernels. */
#include "host/reasons.h"
#include "tap.h"

static const struct {
	const char *place;
	const char *words;
} places[] = {
	{ "io_schedule<folio_wait_bit_common<filemap_get_pages<filemap_read<ext4_file_read_iter",
	  "a disk" },
	{ "io_schedule<wait_on_page_bit_common<generic_file_buffered_read",
	  "a disk" },
	{ "io_schedule<bit_wait_io<__wait_on_bit<out_of_line_wait_on_bit<ext4_read_bh",
	  "a disk" },
	{ "blk_io_schedule<__blkdev_direct_IO_simple<blkdev_read_iter",
	  "a disk" },
	{ "rpc_wait_bit_killable<__wait_on_bit<out_of_line_wait_on_bit<nfs4_run_open_task",
	  "an NFS server" },
	{ "io_schedule<folio_wait_bit<folio_wait_writeback<nfs_wb_folio",
	  "an NFS server" },
	{ "request_wait_answer<fuse_simple_request<fuse_lookup_name",
	  "the daemon of a FUSE mount" },
	{ "io_schedule<folio_wait_writeback<__filemap_fdatawait_range<ext4_sync_file",
	  "a page to be written" },
	{ "jbd2_log_wait_commit<ext4_fsync_journal<ext4_sync_file",
	  "a journal commit" },
	{ "wait_transaction_locked<add_transaction_credits<start_this_handle<jbd2__journal_start",
	  "a journal commit" },
	{ "io_schedule_timeout<balance_dirty_pages<generic_perform_write",
	  "dirty pages to be written (it outruns the disk)" },
	{ "wait_for_completion_state<wait_for_completion_killable<kernel_clone<__do_sys_vfork",
	  "a vfork child to exec or to end" },
	{ "wait_for_completion_killable<_do_fork<__x64_sys_vfork",
	  "a vfork child to exec or to end" },
	{ "wait_for_completion<stop_one_cpu<sched_exec",
	  "another part of the kernel" },
	{ "__mutex_lock<pipe_lock<pipe_release", "a mutex in the kernel" },
	{ "rwsem_down_read_slowpath<down_read<do_user_addr_fault<exc_page_fault",
	  "the mmap lock of its process" },
	{ "rwsem_down_write_slowpath<down_write<ext4_buffered_write_iter",
	  "the lock of a file or directory" },
	{ "rwsem_down_write_slowpath<down_write_killable<vm_mmap_pgoff",
	  "the mmap lock of its process" },
	{ "rwsem_down_read_slowpath<somewhere",
	  "a read-write lock in the kernel" },
	{ "locks_lock_inode_wait<__do_sys_flock", "a file lock" },
	{ "reclaim_throttle<shrink_node<do_try_to_free_pages<try_to_free_pages",
	  "memory to be reclaimed" },
	{ "__bio_queue_enter<submit_bio_noacct_nocheck<submit_bh_wbc",
	  "a device that is frozen or gone" },
	{ "pipe_read<vfs_read", "data in a pipe" },
	{ "futex_wait_queue<futex_wait<do_futex",
	  "a lock or condition of the program (futex)" },
	{ "synchronize_rcu<namespace_unlock", "an RCU grace period" },
	{ "shrinker<io_schedule.isra.0", "a disk" },
	{ "jbd2_journal_wait_updates<jbd2_journal_commit_transaction<kjournald2",
	  "tasks to end what they do within the journal's transaction" },
	{ "bit_wait_io<__wait_on_buffer<jbd2_journal_commit_transaction<kjournald2",
	  "a disk, to which it commits the journal" },
	{ "jbd2_log_wait_commit<ext4_sync_file", "a journal commit" },
	{ "strange_function<another", NULL },
	{ "xio_schedule", NULL },
	{ "down<io_sched", NULL },
	{ "", NULL },
};

void test_reasons(void)
{
	const char *got;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		got = hd_reason(places[i].place);
		check(places[i].words ? got && !strcmp(got, places[i].words) :
		      !got, "reasons: %.60s", places[i].place);
		if (got && (!places[i].words || strcmp(got, places[i].words)))
			printf("# got: %s\n", got);
	}
}
