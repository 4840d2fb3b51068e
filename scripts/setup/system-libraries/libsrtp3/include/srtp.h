// Offers the libsrtp 3 calls that the mediasoup worker makes, on top of libsrtp 2.
//
// Two things differ. In version 3 a policy is an opaque object with setters; in version 2 it is a
// plain structure. In version 3 packets go from one buffer to another; version 2 works in place, so
// the packet is copied into the output buffer first.
#ifndef PARLEY_SRTP3_OVER_SRTP2_H
#define PARLEY_SRTP3_OVER_SRTP2_H

#include <srtp2/srtp.h>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Error codes that only version 3 has. Version 2 never returns them.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

namespace srtp3
{
	struct Policy
	{
		::srtp_policy_t settings{};
		unsigned char key[SRTP_MAX_KEY_LEN]{};
	};

	using PolicyPointer = Policy*;

	inline srtp_err_status_t CreatePolicy(PolicyPointer* policy)
	{
		*policy = new (std::nothrow) Policy();

		return *policy != nullptr ? srtp_err_status_ok : srtp_err_status_alloc_fail;
	}

	inline void DestroyPolicy(PolicyPointer policy)
	{
		if (policy != nullptr)
		{
			// The key must not stay behind in freed memory.
			volatile unsigned char* key = policy->key;

			for (size_t i{ 0 }; i < sizeof(policy->key); ++i)
			{
				key[i] = 0;
			}
		}

		delete policy;
	}

	inline srtp_err_status_t SetSsrc(PolicyPointer policy, srtp_ssrc_t ssrc)
	{
		policy->settings.ssrc = ssrc;

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t SetProfile(PolicyPointer policy, srtp_profile_t profile)
	{
		const srtp_err_status_t status =
		  srtp_crypto_policy_set_from_profile_for_rtp(&policy->settings.rtp, profile);

		return status != srtp_err_status_ok
		         ? status
		         : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->settings.rtcp, profile);
	}

	inline srtp_err_status_t AddKey(
	  PolicyPointer policy,
	  const uint8_t* key,
	  size_t keyLength,
	  const uint8_t* salt,
	  size_t saltLength,
	  const uint8_t* /*keyIdentifier*/,
	  size_t keyIdentifierLength)
	{
		if (keyLength + saltLength > sizeof(policy->key) || keyIdentifierLength != 0)
		{
			return srtp_err_status_bad_param;
		}

		std::memcpy(policy->key, key, keyLength);
		std::memcpy(policy->key + keyLength, salt, saltLength);
		policy->settings.key = policy->key;

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t SetAllowRepeat(PolicyPointer policy, bool allow)
	{
		policy->settings.allow_repeat_tx = allow ? 1 : 0;

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t SetWindowSize(PolicyPointer policy, size_t size)
	{
		policy->settings.window_size = static_cast<unsigned long>(size);

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t CreateSession(srtp_t* session, PolicyPointer policy)
	{
		return ::srtp_create(session, &policy->settings);
	}

	using InPlaceCall = srtp_err_status_t (*)(srtp_t, void*, int*);

	// Runs one of version 2's in-place calls on a copy of the packet. `room` is how many bytes the call
	// may add.
	inline srtp_err_status_t Translate(
	  InPlaceCall call,
	  srtp_t session,
	  const uint8_t* input,
	  size_t inputLength,
	  uint8_t* output,
	  size_t* outputLength,
	  size_t room)
	{
		if (*outputLength < inputLength + room)
		{
			return srtp_err_status_buffer_small;
		}

		if (output != input)
		{
			std::memmove(output, input, inputLength);
		}

		int length = static_cast<int>(inputLength);

		const srtp_err_status_t status = call(session, output, &length);

		if (status == srtp_err_status_ok)
		{
			*outputLength = static_cast<size_t>(length);
		}

		return status;
	}

	inline srtp_err_status_t Protect(
	  srtp_t session, const uint8_t* rtp, size_t length, uint8_t* output, size_t* outputLength, size_t /*key*/)
	{
		return Translate(::srtp_protect, session, rtp, length, output, outputLength, SRTP_MAX_TRAILER_LEN);
	}

	inline srtp_err_status_t ProtectControl(
	  srtp_t session, const uint8_t* rtcp, size_t length, uint8_t* output, size_t* outputLength, size_t /*key*/)
	{
		return Translate(
		  ::srtp_protect_rtcp, session, rtcp, length, output, outputLength, SRTP_MAX_TRAILER_LEN + 4);
	}

	inline srtp_err_status_t Unprotect(
	  srtp_t session, const uint8_t* srtp, size_t length, uint8_t* output, size_t* outputLength)
	{
		return Translate(::srtp_unprotect, session, srtp, length, output, outputLength, 0);
	}

	inline srtp_err_status_t UnprotectControl(
	  srtp_t session, const uint8_t* srtcp, size_t length, uint8_t* output, size_t* outputLength)
	{
		return Translate(::srtp_unprotect_rtcp, session, srtcp, length, output, outputLength, 0);
	}
} // namespace srtp3

// From here on the worker's sources see version 3's names.
#define srtp_policy_t srtp3::PolicyPointer
#define srtp_policy_create srtp3::CreatePolicy
#define srtp_policy_destroy srtp3::DestroyPolicy
#define srtp_policy_set_ssrc srtp3::SetSsrc
#define srtp_policy_set_profile srtp3::SetProfile
#define srtp_policy_add_key srtp3::AddKey
#define srtp_policy_set_allow_repeat_tx srtp3::SetAllowRepeat
#define srtp_policy_set_window_size srtp3::SetWindowSize
#define srtp_create srtp3::CreateSession
#define srtp_protect srtp3::Protect
#define srtp_protect_rtcp srtp3::ProtectControl
#define srtp_unprotect srtp3::Unprotect
#define srtp_unprotect_rtcp srtp3::UnprotectControl
#define srtp_stream_remove srtp_remove_stream

#endif
