// SPDX-License-Identifier: Apache-2.0

// The compiled half of Boost.Asio and Boost.Beast (BOOST_*_SEPARATE_COMPILATION), once.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
